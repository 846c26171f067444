/** @file The board as the tab takes it, and as CSV. */
import type { LayerCutPointFieldsFragment, LayerCutQuery } from "@/gql/graphql";
import { csvText } from "@/lib/csv";
import { foldName } from "@/lib/words";

export type Cut = NonNullable<NonNullable<LayerCutQuery["experiment"]>["layerCut"]>;
export type CutPoint = LayerCutPointFieldsFragment;

/** "random", "2 · stage1/block0", "statistics". */
export const pointText = ({ k, block }: Pick<CutPoint, "k" | "block">): string =>
  k === null ? "statistics only" : k === 0 ? "random" : `${k} · ${block}`;

export const cutCsv = ({ points, statistics, metric, fold }: Cut, labelVersion: number): string =>
  csvText(
    [
      ...["arm", "blocks", "last_block", "metric", "mean", "low", "high", "seeds", "difference_to_all_blocks"],
      ...[
        "difference_low",
        "difference_high",
        "verdict",
        "steps_ratio_to_random",
        "steps_ratio_low",
        "steps_ratio_high",
      ],
      ...["fold", "label_version"],
    ],
    [...points, ...(statistics ? [statistics] : [])].map((point) => [
      ...[point.arm, point.k, point.block, metric, point.mean, point.low, point.high, point.perSeed.length],
      ...[point.difference?.estimate, point.difference?.low, point.difference?.high],
      ...[point.difference?.verdict?.toLowerCase(), point.speedGap?.ratio, point.speedGap?.low, point.speedGap?.high],
      ...[foldName[fold], labelVersion],
    ]),
  );
