import { Field, Float, ObjectType } from "type-graphql";
import { ClassificationMetric } from "./classificationMetric.type.ts";

@ObjectType({ description: "Of one run on one fold" })
export class ClassificationMetricValue {
  @Field(() => ClassificationMetric)
  readonly metric!: ClassificationMetric;

  @Field(() => Float, { nullable: true, description: "Null where it is undefined" })
  readonly value!: number | null;
}
