import { Field, ObjectType } from "type-graphql";
import { Metric } from "./metric.type.ts";
import { MetricRow } from "./metricRow.type.ts";

@ObjectType({ description: "Every arm under every metric, against one arm" })
export class MetricTable {
  @Field(() => String)
  readonly reference!: string;

  @Field(() => [Metric])
  readonly metrics!: readonly Metric[];

  @Field(() => [MetricRow])
  readonly rows!: readonly MetricRow[];
}
