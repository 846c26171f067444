import { Field, Float, Int, ObjectType } from "type-graphql";
import { MetricCell } from "../scoredSets/metricCell.type.ts";

@ObjectType()
export class UNetStudyArm {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int, { description: "0: no reduction" })
  readonly depth!: number;

  @Field(() => String)
  readonly skips!: string;

  @Field(() => String)
  readonly loss!: string;

  @Field(() => Float, { description: "Trained weights" })
  readonly parameters!: number;

  @Field(() => Float, { description: "Side of the square of the input that one output pixel can see, in pixels" })
  readonly receptiveField!: number;

  @Field(() => Float, { description: "Of all convolutions, for one image, forward" })
  readonly multiplyAdds!: number;

  @Field(() => [MetricCell], { description: "One per metric of the board, in its order; without a difference" })
  readonly scores!: readonly MetricCell[];
}
