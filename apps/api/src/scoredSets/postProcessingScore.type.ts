import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "Means over items, averaged over seeds" })
export class PostProcessingScore {
  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => Float, { nullable: true })
  readonly pieces!: number | null;

  @Field(() => Float, { nullable: true })
  readonly holes!: number | null;

  @Field(() => Float, { nullable: true })
  readonly largestShare!: number | null;
}
