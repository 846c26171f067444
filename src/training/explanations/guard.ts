/**
 * @file The sanity checks of one method of explanation: its maps of the trained network against its maps of networks that know less.
 *
 * Source: Adebayo et al. 2018, arXiv:1810.03292: cascading weight randomisation, and a network trained on permuted labels. Differs in two ways:
 * the network is drawn anew several times, since one draw has one random head for all items; and similarity is taken beyond what
 * maps of different items share (similarity.ts).
 */
import type * as tf from "@tensorflow/tfjs";
import { compareMaps, type RankedMap, rankedMap } from "@tessera/analysis/explanations/similarity";
import { guardCheck, methodVerdict } from "@tessera/analysis/explanations/verdict";
import { mean } from "@tessera/analysis/summary";
import type { CascadeStep, MapsAlike, MethodChecks, Similarities } from "@tessera/domain/inspections/heatmaps";
import { cascadeBlocks, withBlocksOf } from "@tessera/models/explanations/cascade";
import { type NamedWeights, weightVariables, writeWeights } from "@tessera/models/weights/named";
import type { Explain } from "./explainer.ts";

export interface GuardedItem {
  /** [size*size*3], normalised. */
  readonly image: Float32Array;
  readonly classIndex: number;
}

export interface GuardOptions {
  /** Its weights are set to and fro, and are the trained ones in the end. */
  readonly model: tf.LayersModel;
  readonly trained: NamedWeights;
  /** Fresh random weights of the same architecture, one entry per draw, at least one. */
  readonly untrained: readonly NamedWeights[];
  readonly labelRandomised: NamedWeights | null;
  readonly items: readonly GuardedItem[];
  /** After every map. */
  readonly onMap: () => void;
}

/** All that is told of a method but where its maps are held against masks. */
export type MethodGuard = Omit<MethodChecks, "method" | "localisation">;

const fewestMaps = 2;

/** Maps that are made of so many items. */
export const guardMaps = (items: number, blocks: number, draws: number, labelRandomised: boolean): number =>
  items * (1 + blocks + draws - 1 + (labelRandomised ? 1 : 0));

export async function guardMethod(explain: Explain, options: GuardOptions): Promise<MethodGuard> {
  const { model, trained, untrained, labelRandomised } = options;
  try {
    const all = await mapsWith(trained, options.items, explain, options);
    const showing = options.items.filter((_, item) => !all[item]!.blank);
    const original = all.filter(({ blank }) => !blank);
    const counts = { items: original.length, blank: all.length - original.length };
    if (original.length < fewestMaps) {
      return { ...counts, cascade: [], weights: null, labels: null, verdict: "undecided" };
    }
    const against = async (weights: NamedWeights) =>
      compareMaps(original, await mapsWith(weights, showing, explain, options));
    const blocks = cascadeBlocks(weightVariables(model).keys());
    const cascade: CascadeStep[] = [];
    const draws: Similarities[] = [];
    for (const [place, block] of blocks.entries()) {
      const compared = await against(withBlocksOf(untrained[0]!, blocks.slice(0, place + 1), trained));
      cascade.push({ block, ...alike(compared) });
      if (place === blocks.length - 1) draws.push(meanLeft(compared));
    }
    for (const weights of untrained.slice(1)) draws.push(meanLeft(await against(weights)));
    const weights = guardCheck({
      signed: draws.map(({ signed }) => signed),
      magnitude: draws.map(({ magnitude }) => magnitude),
      structure: draws.map(({ structure }) => structure),
    });
    const byLabels = labelRandomised === null ? null : await against(labelRandomised);
    const labels = byLabels && { ...guardCheck(byLabels.left), ...alike(byLabels) };
    return { ...counts, cascade, weights, labels, verdict: methodVerdict([weights, labels]) };
  } finally {
    writeWeights(model, trained);
  }
}

type Compared = ReturnType<typeof compareMaps>;

const alike = ({ similarity, chance }: Compared): MapsAlike => ({ similarity, chance });

const meanLeft = ({ left }: Compared): Similarities => ({
  signed: mean(left.signed),
  magnitude: mean(left.magnitude),
  structure: mean(left.structure),
});

async function mapsWith(
  weights: NamedWeights,
  items: readonly GuardedItem[],
  explain: Explain,
  { model, onMap }: GuardOptions,
): Promise<RankedMap[]> {
  writeWeights(model, weights);
  const maps: RankedMap[] = [];
  for (const { image, classIndex } of items) {
    maps.push(rankedMap((await explain(image, classIndex)).values));
    onMap();
  }
  return maps;
}
