import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "How alike two maps are, by each measure" })
export class MapSimilarities {
  @Field(() => Float)
  readonly signed!: number;

  @Field(() => Float)
  readonly magnitude!: number;

  @Field(() => Float, { nullable: true, description: "Null: of tiles, which are no picture" })
  readonly structure!: number | null;
}
