import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "How alike two maps are, by each measure" })
export class MapSimilarities {
  @Field(() => Float)
  readonly signed!: number;

  @Field(() => Float)
  readonly magnitude!: number;

  @Field(() => Float)
  readonly structure!: number;
}
