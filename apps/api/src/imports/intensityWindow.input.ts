import { Field, Float, InputType } from "type-graphql";

@InputType({ description: "In the volume's own units: Hounsfield units of a CT" })
export class IntensityWindowInput {
  @Field(() => Float, { description: "Black, and all below" })
  readonly low!: number;

  @Field(() => Float, { description: "White, and all above" })
  readonly high!: number;
}
