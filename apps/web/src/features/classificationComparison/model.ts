/** @file Two arms of classification runs in one metric, as the comparison's pictures take it. */
import type { ScoreComparison } from "@/features/comparison/model";
import type { ClassificationComparisonQuery } from "@/gql/graphql";
import type { ArmLooks } from "@/lib/arms";
import { isNumber, plural, signed } from "@/lib/format";

export type ComparedClassifiers = NonNullable<
  NonNullable<ClassificationComparisonQuery["experiment"]>["classificationComparison"]
>;
export type AucTest = ComparedClassifiers["aucTests"][number];

/** @param margin declared before the runs, of AUC: of another metric nothing was declared */
export const classifierModel = (
  data: ComparedClassifiers,
  looks: ArmLooks,
  margin: number | null,
): ScoreComparison => ({
  metric: data.metric.label,
  higherIsBetter: data.metric.higherIsBetter,
  data,
  a: { name: data.armA.arm, look: looks(data.armA.arm), score: data.armA },
  b: { name: data.armB.arm, look: looks(data.armB.arm), score: data.armB },
  margin: data.metric.name === "auc" ? margin : null,
});

type Basis = Pick<ComparedClassifiers, "fold"> & {
  readonly metric: Pick<ComparedClassifiers["metric"], "label" | "convention">;
  readonly difference: Pick<ComparedClassifiers["difference"], "items" | "seeds">;
};

export const classifierBasis = ({ fold, metric, difference }: Basis, labelVersion: number): string =>
  `${fold.toLowerCase()} fold, n = ${plural(difference.items, "item")}, ${plural(difference.seeds, "paired seed")}, label version ${labelVersion}; ${metric.label}: ${metric.convention}`;

/** "+0.120 (95 % interval −0.010 to +0.250), p = 0.071" */
export function aucTestText({ difference, low, high, p }: Pick<AucTest, "difference" | "low" | "high" | "p">): string {
  if (!isNumber(low) || !isNumber(high) || !isNumber(p)) return `${signed(difference)}, no interval: no variance`;
  const shown = p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
  return `${signed(difference)} (95 % interval ${signed(low)} to ${signed(high)}), ${shown}`;
}
