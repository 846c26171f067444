import { registerEnumType } from "type-graphql";

export const PositionRuleEnum = { AVERAGE: "average", FLATTENED: "flattened" } as const;
export const CkaEstimatorEnum = { UNBIASED: "unbiased", MINIBATCH: "minibatch", LINEAR: "linear" } as const;

registerEnumType(PositionRuleEnum, {
  name: "PositionRule",
  description: "AVERAGE: features are means over all positions. FLATTENED: every position and channel is a feature",
});
registerEnumType(CkaEstimatorEnum, {
  name: "CkaEstimator",
  description: "UNBIASED: HSIC_1 (Song 2012). MINIBATCH: Nguyen 2021. LINEAR: Kornblith 2019, biased upwards",
});
