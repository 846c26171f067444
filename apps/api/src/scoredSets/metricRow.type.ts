import { Field, ObjectType } from "type-graphql";
import { MetricCell } from "./metricCell.type.ts";

@ObjectType()
export class MetricRow {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => [MetricCell], { description: "One per metric, in the same order" })
  readonly cells!: readonly MetricCell[];
}
