import { registerEnumType } from "type-graphql";

export const VerdictEnum = {
  BETTER: "better",
  WORSE: "worse",
  EQUIVALENT: "equivalent",
  UNDECIDED: "undecided",
} as const;
export type Verdict = (typeof VerdictEnum)[keyof typeof VerdictEnum];

registerEnumType(VerdictEnum, {
  name: "Verdict",
  description: "Of the second arm against the first. EQUIVALENT within the margin that was declared before the runs",
});
