/** @file Every arm of a layer-cut study against the whole encoder, and the smallest cut that keeps up. */
import { smallestCut } from "@tessera/analysis/smallestCut";
import { tInterval } from "@tessera/analysis/studentT";
import { meanAndSd } from "@tessera/analysis/summary";
import type { LayerCut } from "@tessera/domain/study/layerCut";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import { compareClassifiers } from "../classification/compareClassifiers.ts";
import type { ArmScore } from "../comparison/armScore.type.ts";
import { compareExperimentArms } from "../comparison/compareExperimentArms.ts";
import type { Difference } from "../comparison/difference.type.ts";
import type { Context } from "../context.ts";
import type { LayerCutBoard } from "./layerCutBoard.type.ts";
import type { LayerCutPoint } from "./layerCutPoint.type.ts";

interface Input {
  readonly experiment: Experiment;
  readonly cut: LayerCut;
  readonly fold: Fold;
  /** Of classification; segmentation is compared in Dice. */
  readonly metric: string;
}

interface Compared {
  readonly whole: ArmScore;
  readonly arm: ArmScore;
  readonly difference: Difference;
  readonly metric: { readonly name: string; readonly label: string; readonly higherIsBetter: boolean };
}

const dice = { name: "dice", label: "Dice", higherIsBetter: true } as const;
/** An experiment's margin is declared for these. */
const headlines = ["auc", dice.name];

/** @throws DomainError BAD_INPUT for another metric */
export async function layerCutBoard(
  context: Context,
  { experiment, cut, fold, metric }: Input,
): Promise<LayerCutBoard> {
  const all = cut.blocks.length;
  const whole = cut.points.at(-1)!.arm;
  const compare = async (arm: string): Promise<Compared | null> => {
    const choice = { armA: whole, armB: arm, fold };
    const classified = await compareClassifiers(context, experiment, {
      ...choice,
      metric,
      specificity: 0.95,
      seed: null,
    });
    const found = classified ?? (await compareExperimentArms(context, experiment, choice));
    const { armA, armB, difference } = found ?? {};
    if (!armA || !armB || !difference) return null;
    return { whole: armA, arm: armB, difference, metric: classified ? classified.metric : dice };
  };
  const cuts = await Promise.all(
    cut.points.slice(0, -1).map(async (point) => ({ ...point, compared: await compare(point.arm) })),
  );
  const statistics = cut.statistics === null ? null : await compare(cut.statistics);
  const some = cuts.find(({ compared }) => compared !== null)?.compared ?? statistics;
  const points = [
    ...cuts.map(({ k, arm, compared }) => pointOf(cut, k, arm, compared?.arm, compared?.difference)),
    pointOf(cut, all, whole, some?.whole, undefined),
  ];
  const { name, label, higherIsBetter } = some?.metric ?? { name: metric, label: metric, higherIsBetter: true };
  const delta = headlines.includes(name) ? experiment.equivalenceMargin : null;
  const { mean, low, high } = points.at(-1)!;
  const smallest = smallestCut(
    points.slice(0, -1).map((point) => ({ ...point, k: point.k! })),
    { k: all, mean, low, high },
    { delta, higherIsBetter },
  );
  return {
    fold,
    metric: name,
    metricLabel: label,
    blocks: cut.blocks,
    points,
    statistics:
      cut.statistics === null ? null : pointOf(cut, null, cut.statistics, statistics?.arm, statistics?.difference),
    smallest: smallest.k,
    rule: smallest.rule,
    verdict: smallest.sentence,
    equivalenceMargin: delta,
  };
}

function pointOf(
  { blocks }: LayerCut,
  k: number | null,
  arm: string,
  score: ArmScore | undefined,
  difference: Difference | undefined,
): LayerCutPoint {
  const means = score?.perSeed.flatMap((each) => each.mean ?? []) ?? [];
  return {
    arm,
    k,
    block: k === null || k === 0 ? null : blocks[k - 1]!,
    mean: meanAndSd(means).mean,
    ...tInterval(means),
    perSeed: score?.perSeed ?? [],
    difference: difference ?? null,
  };
}
