import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "L2 norms over a block's weights, moving averages left out" })
export class BlockDistance {
  @Field(() => String)
  readonly block!: string;

  @Field(() => Float, { description: "Of the difference" })
  readonly distance!: number;

  @Field(() => Float)
  readonly normA!: number;

  @Field(() => Float)
  readonly normB!: number;

  @Field(() => Float, { description: "Mean distance of two independent random nets" })
  readonly randomDistance!: number;
}
