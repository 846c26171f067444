import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({
  description: "Two arms whose order under a convention is the opposite of that under the reference convention",
})
export class LedgerSwap {
  @Field(() => String)
  readonly convention!: string;

  @Field(() => String)
  readonly key!: string;

  @Field(() => String)
  readonly armX!: string;

  @Field(() => String)
  readonly armY!: string;

  @Field(() => Float, { description: "Mean of X minus mean of Y under the reference convention" })
  readonly reference!: number;

  @Field(() => Float, { description: "The same under this convention: the opposite sign" })
  readonly difference!: number;
}
