/**
 * @file The sanity checks of explanations: maps of the trained network against maps of networks that know less.
 *
 * Source: Adebayo et al. 2018, arXiv:1810.03292: cascading weight randomisation, and a network trained on permuted labels. Differs in two ways:
 * the network is drawn anew several times, since one draw has one random head for all items; and similarity is taken beyond what
 * maps of different items share (similarity.ts).
 */
import type * as tf from "@tensorflow/tfjs";
import { compareMaps, type LeftValues, type RankedMap, rankedMap } from "@tessera/analysis/explanations/similarity";
import { guardCheck, guardCheckOfDraws, methodVerdict } from "@tessera/analysis/explanations/verdict";
import type { CascadeStep, MapGuard, MapsAlike } from "@tessera/domain/inspections/guard";
import { blockOrHead, cascadeBlocks, type PartOf, withBlocksOf } from "@tessera/models/explanations/cascade";
import { type NamedWeights, weightVariables, writeWeights } from "@tessera/models/weights/named";
import type { Explain } from "./explainer.ts";

/** An item of images. */
export interface GuardedItem {
  /** [size*size*3], normalised. */
  readonly image: Float32Array;
  readonly classIndex: number;
}

export interface GuardOptions<Item = GuardedItem> {
  /** Its weights are set to and fro, and are the trained ones in the end. */
  readonly model: tf.LayersModel;
  readonly trained: NamedWeights;
  /** Fresh random weights of the same architecture, one entry per draw, at least one. */
  readonly untrained: readonly NamedWeights[];
  readonly labelRandomised: NamedWeights | null;
  readonly items: readonly Item[];
  /** Absent: of nets of images. */
  readonly partOf?: PartOf;
  /** After the maps of an item. */
  readonly onMap: () => void;
}

/** The maps of an item, one per kind, by the weights that are in the model. */
export type MapsOf<Item> = (item: Item) => Promise<readonly RankedMap[]>;

const fewestMaps = 2;

/** Maps that are made of so many items. */
export const guardMaps = (items: number, blocks: number, draws: number, labelRandomised: boolean): number =>
  items * (1 + blocks + draws - 1 + (labelRandomised ? 1 : 0));

/** Of one method of heat maps. */
export async function guardMethod(explain: Explain, options: GuardOptions): Promise<MapGuard> {
  const mapsOf: MapsOf<GuardedItem> = async ({ image, classIndex }) => [
    rankedMap((await explain(image, classIndex)).values),
  ];
  const [guard] = await guardKinds(1, mapsOf, options);
  return guard!;
}

/** Of several kinds of map that are made at once: one answer per kind. */
export async function guardKinds<Item>(
  kinds: number,
  mapsOf: MapsOf<Item>,
  options: GuardOptions<Item>,
): Promise<MapGuard[]> {
  const { model, trained, untrained, labelRandomised, partOf = blockOrHead } = options;
  try {
    const original = await mapsWith(trained, options.items, mapsOf, options);
    const guards = Array.from({ length: kinds }, (_, kind) => new KindGuard(original.map((maps) => maps[kind]!)));
    const compared = options.items.filter((_, item) => guards.some((guard) => guard.compares(item)));
    const places = options.items.flatMap((_, item) => (guards.some((guard) => guard.compares(item)) ? [item] : []));
    const against = async (weights: NamedWeights) => {
      const maps = await mapsWith(weights, compared, mapsOf, options);
      return guards.map((guard, kind) => guard.against(new Map(places.map((item, i) => [item, maps[i]![kind]!]))));
    };
    if (compared.length === 0) return guards.map((guard) => guard.result());
    const blocks = cascadeBlocks(weightVariables(model).keys(), partOf);
    for (const [place, block] of blocks.entries()) {
      const random = withBlocksOf(untrained[0]!, blocks.slice(0, place + 1), trained, partOf);
      for (const [kind, each] of (await against(random)).entries()) {
        guards[kind]!.step(block, each, place === blocks.length - 1);
      }
    }
    for (const weights of untrained.slice(1)) {
      for (const [kind, each] of (await against(weights)).entries()) guards[kind]!.draw(each);
    }
    if (labelRandomised !== null) {
      for (const [kind, each] of (await against(labelRandomised)).entries()) guards[kind]!.labels(each);
    }
    return guards.map((guard) => guard.result());
  } finally {
    writeWeights(model, trained);
  }
}

type Compared = ReturnType<typeof compareMaps>;

/** What is known of one kind of map, network after network. Null where fewer than two maps show something. */
class KindGuard {
  /** Of the trained network, by item; blank ones are left out. */
  private readonly original: ReadonlyMap<number, RankedMap>;
  private readonly blank: number;
  private readonly cascade: CascadeStep[] = [];
  private readonly draws: LeftValues[] = [];
  private byLabels: Compared | null = null;

  constructor(maps: readonly RankedMap[]) {
    this.original = new Map(maps.flatMap((map, item) => (map.blank ? [] : [[item, map] as const])));
    this.blank = maps.length - this.original.size;
  }

  compares(item: number): boolean {
    return this.original.size >= fewestMaps && this.original.has(item);
  }

  against(maps: ReadonlyMap<number, RankedMap>): Compared | null {
    if (this.original.size < fewestMaps) return null;
    return compareMaps(
      [...this.original.values()],
      [...this.original.keys()].map((item) => maps.get(item)!),
    );
  }

  /** @param last all blocks are random: it is the first draw, too */
  step(block: string, compared: Compared | null, last: boolean): void {
    if (compared === null) return;
    this.cascade.push({ block, ...alike(compared) });
    if (last) this.draw(compared);
  }

  draw(compared: Compared | null): void {
    if (compared !== null) this.draws.push(compared.left);
  }

  labels(compared: Compared | null): void {
    this.byLabels = compared;
  }

  result(): MapGuard {
    const { cascade, draws, byLabels } = this;
    const counts = { items: this.original.size, blank: this.blank };
    if (draws.length === 0) return { ...counts, cascade, weights: null, labels: null, verdict: "undecided" };
    const weights = guardCheckOfDraws(draws);
    const labels = byLabels && { ...guardCheck(byLabels.left), ...alike(byLabels) };
    return { ...counts, cascade, weights, labels, verdict: methodVerdict([weights, labels]) };
  }
}

const alike = ({ similarity, chance }: Compared): MapsAlike => ({ similarity, chance });

async function mapsWith<Item>(
  weights: NamedWeights,
  items: readonly Item[],
  mapsOf: MapsOf<Item>,
  { model, onMap }: GuardOptions<Item>,
): Promise<(readonly RankedMap[])[]> {
  writeWeights(model, weights);
  const all: (readonly RankedMap[])[] = [];
  for (const item of items) {
    all.push(await mapsOf(item));
    onMap();
  }
  return all;
}
