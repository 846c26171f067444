/** @file Tile maps of one run on bags: the maps that were asked for, and the checks of every kind of them. */
import type * as tf from "@tensorflow/tfjs";
import { rankedTiles } from "@tessera/analysis/explanations/similarity";
import { type LocatedBag, oddness, tileLocalisation } from "@tessera/analysis/explanations/tileLocalisation";
import {
  type TileLocalisation,
  type TileMap,
  type TileMapItem,
  type TileMapKind,
  type TileMapsRequest,
  type TileMapsResult,
  tileMapKinds,
} from "@tessera/domain/inspections/tileMaps";
import { cascadeBlocks, layerParts } from "@tessera/models/explanations/cascade";
import type { TileValues } from "@tessera/models/mil/tileValues";
import { readWeights } from "@tessera/models/weights/named";
import { scoringBatch } from "../batches.ts";
import { chosen, type ExplainedItem, explained, guarded, named } from "../explanations/explainedItems.ts";
import { guardKinds, guardMaps } from "../explanations/guard.ts";
import { checkAsked, copied, labelRandomisedModel, untrainedWeights } from "../explanations/guardedRun.ts";
import { openTileExplainer, scaledBag, type TileExplainer } from "../explanations/tileExplainer.ts";
import type { TrainingItem } from "../items.ts";
import { type Network, openNetwork } from "../network.ts";
import type { Given } from "./given.ts";
import type { InspectedBags } from "./inspectedBags.ts";
import { shownMaps } from "./shownTileMaps.ts";
import { checkMemory } from "./tileMapsMemory.ts";
import { Work } from "./work.ts";

/** Bags of validation among which items are chosen; each is read whole. */
const mostScored = 256;
/** Validation items with known tiles that localisation is over. */
const mostLocated = 32;
/** Of a map; an update goes forward and back. For the bar alone. */
const costOfUpdate = 3;

/** @throws DomainError BAD_INPUT for a class that is not there; CONFLICT without a validation fold; NOT_FOUND for an item that is not in the run's split; TOO_LARGE */
export async function tileMaps(request: TileMapsRequest, given: Given): Promise<TileMapsResult> {
  const run = given.bags(request.runId);
  checkAsked(request, run);
  checkMemory(run, request, given.freeBytes());
  await run.task.prepare(run.items);
  const model = await run.model("end");
  const network = openNetwork(run.task, run.seed);
  const explainer = openTileExplainer(run.task, model);
  try {
    network.loadWeights(readWeights(model));
    return await answer({ request, given, run, model, explainer, network });
  } finally {
    explainer.dispose();
    network.dispose();
    model.dispose();
  }
}

interface Asked {
  readonly request: TileMapsRequest;
  readonly given: Given;
  readonly run: InspectedBags;
  readonly model: tf.LayersModel;
  readonly explainer: TileExplainer;
  /** With the run's weights, for the bags' probabilities. */
  readonly network: Network;
}

async function answer(asked: Asked): Promise<TileMapsResult> {
  const { request, given, run, model, explainer } = asked;
  const { classIndex, draws } = request;
  const predict = (items: readonly TrainingItem[]) => probabilities(asked, items);
  const scored = run.items.validation.slice(0, mostScored).map((item) => ({ item, fold: "validation" as const }));
  const validation = await explained(scored, predict, classIndex, 1);
  const guard = guarded(validation, request.guardItems);
  const known = await withTruth(asked, validation);
  const shown =
    request.choice === "named"
      ? await explained(named(run.items, request), predict, classIndex, 1)
      : chosen(validation, request.choice, request.count);

  const trained = copied(readWeights(model));
  const partOf = layerParts(model);
  const blocks = cascadeBlocks(trained.keys(), partOf).length;
  const updates = request.labelRandomisedRunId ? 0 : request.labelSteps;
  const maps = guardMaps(guard.length, blocks, draws, true) + known.length + shown.length;
  const work = new Work(given, maps + updates * costOfUpdate);
  const onMap = () => work.did(1);

  const other = request.labelRandomisedRunId ? given.bags(request.labelRandomisedRunId) : null;
  const { weights: labelRandomised, told } = await labelRandomisedModel(request, run, other, () =>
    work.did(costOfUpdate),
  );
  const untrained = untrainedWeights(run, draws);
  const { missing, score } = explainer.reader;
  const kinds = tileMapKinds.filter((kind) => missing[kind] === null);
  const mapsOf = async (item: ExplainedItem) => {
    const all = await explainer.maps(await scaledBag(run.task, item.item));
    return kinds.map((kind) => rankedTiles(mapOf(all, kind, item.classIndex)));
  };
  const options = { model, trained, untrained, labelRandomised, items: guard, partOf, onMap };
  const guards = await guardKinds(kinds.length, mapsOf, options);
  const located = await locate(asked, known, kinds, onMap);
  const items: TileMapItem[] = [];
  for (const { item, ...each } of shown) {
    const bag = await scaledBag(run.task, item);
    const places = await run.places(item.itemId);
    const drawn: TileMap[] = await shownMaps(given, await explainer.maps(bag), places);
    items.push({ ...each, tiles: bag.tiles, origin: run.origin(item.itemId), maps: drawn });
    onMap();
  }
  return {
    items,
    checks: kinds.map((kind, place) => ({ kind, ...guards[place]!, localisation: located[place]! })),
    missing,
    score,
    guardItems: guard.length,
    draws,
    labelRandomised: told,
    tileTruth: known.length === 0 ? null : run.tileTruth!.source,
    chosenAmong: request.choice === "named" ? null : validation.length,
  };
}

/** Of the class, or the one that is the same for all. */
const mapOf = (all: readonly TileValues[], kind: TileMapKind, index: number): Float32Array =>
  all.find((each) => each.kind === kind && (each.classIndex ?? index) === index)!.values;

/** As the run itself scores bags: all tiles, in parts where it does so. */
async function probabilities({ run, network }: Asked, items: readonly TrainingItem[]): Promise<number[][]> {
  const { batch } = await scoringBatch(items, run.task);
  const { probabilities: all } = await network.score(batch);
  const classes = run.task.truthShape[0]!;
  return items.map((_, place) => Array.from(all.subarray(place * classes, (place + 1) * classes)));
}

interface KnownBag {
  readonly item: TrainingItem;
  readonly truths: readonly { readonly classIndex: number; readonly tiles: Uint8Array }[];
}

/** The first items in which tiles of a class, and tiles without it, are known: of the asked class, or of each that the item has. */
async function withTruth({ request, run }: Asked, validation: readonly ExplainedItem[]): Promise<KnownBag[]> {
  const known: KnownBag[] = [];
  for (const { item, itemId, truth } of validation) {
    if (known.length === mostLocated || !run.tileTruth?.itemIds.has(itemId)) continue;
    const truths: KnownBag["truths"][number][] = [];
    for (const [classIndex, value] of truth.entries()) {
      if (request.classIndex === undefined ? value !== 1 : classIndex !== request.classIndex) continue;
      const tiles = await run.tileTruth.tiles(itemId, classIndex);
      if (tiles?.includes(1) && tiles.includes(0)) truths.push({ classIndex, tiles });
    }
    if (truths.length > 0) known.push({ item, truths });
  }
  return known;
}

/** By kind, over items and classes. */
async function locate(
  { run, explainer }: Asked,
  known: readonly KnownBag[],
  kinds: readonly TileMapKind[],
  onMap: () => void,
): Promise<(TileLocalisation | null)[]> {
  const located = kinds.map((): LocatedBag[] => []);
  for (const { item, truths } of known) {
    const bag = await scaledBag(run.task, item);
    const all = await explainer.maps(bag);
    const odd = oddness(bag.values.subarray(0, bag.tiles * bag.features), bag.tiles);
    for (const { classIndex, tiles } of truths) {
      for (const [place, kind] of kinds.entries()) {
        located[place]!.push({ map: mapOf(all, kind, classIndex), oddness: odd, truth: tiles });
      }
    }
    onMap();
  }
  return located.map(tileLocalisation);
}
