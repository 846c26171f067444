import type { Fold } from "@tessera/domain/words";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";
import { LayerCutPoint } from "./layerCutPoint.type.ts";

export const CutRuleEnum = { EQUIVALENT: "equivalent", INSIDE: "inside" } as const;
registerEnumType(CutRuleEnum, {
  name: "CutRule",
  description:
    "EQUIVALENT: within the margin that was declared before the runs. INSIDE: inside the interval of the whole encoder's mean; no margin was declared",
});

@ObjectType({ description: "How many of a source's first blocks must be transferred" })
export class LayerCutBoard {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => String, { description: "auc, accuracy, … of classification; dice of segmentation" })
  readonly metric!: string;

  @Field(() => String)
  readonly metricLabel!: string;

  @Field(() => [String], { description: "Of the model, in order" })
  readonly blocks!: readonly string[];

  @Field(() => [LayerCutPoint], { description: "By k, from random to the whole encoder" })
  readonly points!: readonly LayerCutPoint[];

  @Field(() => LayerCutPoint, { nullable: true, description: "The arm of the source's weight statistics alone" })
  readonly statistics!: LayerCutPoint | null;

  @Field(() => Int, { nullable: true, description: "The smallest k that keeps up; null: not known yet" })
  readonly smallest!: number | null;

  @Field(() => CutRuleEnum)
  readonly rule!: (typeof CutRuleEnum)[keyof typeof CutRuleEnum];

  @Field(() => String)
  readonly verdict!: string;

  @Field(() => Float, { nullable: true, description: "On validation, for stepsToTarget; null: there is none" })
  readonly target!: number | null;

  @Field(() => Float, { nullable: true })
  readonly equivalenceMargin!: number | null;
}
