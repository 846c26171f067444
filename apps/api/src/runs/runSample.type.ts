import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A picture of what the model says of one validation item at one epoch" })
export class RunSample {
  @Field(() => Int)
  readonly epoch!: number;

  @Field(() => Float)
  readonly step!: number;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;
}
