import { registerEnumType } from "type-graphql";

export const WeightTimeEnum = { START: "start", END: "end" } as const;

registerEnumType(WeightTimeEnum, {
  name: "WeightTime",
  description: "START: as rebuilt from the seed and the starting weights. END: of the best checkpoint",
});
