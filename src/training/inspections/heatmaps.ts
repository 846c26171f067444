/** @file Heatmaps of one run: the maps that were asked for, and the checks of every method that makes them. */
import * as tf from "@tensorflow/tfjs";
import { coloured } from "@tessera/analysis/explanations/colours";
import { localisation } from "@tessera/analysis/explanations/localisation";
import { DomainError } from "@tessera/domain/errors";
import type { LabelRandomisedModel } from "@tessera/domain/inspections/guard";
import type {
  Heatmap,
  HeatmapItem,
  HeatmapMethod,
  HeatmapsRequest,
  HeatmapsResult,
  Localisation,
  MethodChecks,
} from "@tessera/domain/inspections/heatmaps";
import { randomStream } from "@tessera/domain/random";
import { cascadeBlocks } from "@tessera/models/explanations/cascade";
import { usualSquares } from "@tessera/models/explanations/occlusion";
import { type NamedWeights, readWeights } from "@tessera/models/weights/named";
import { chosen, type ExplainedItem, explained, guarded, named, normalized } from "../explanations/explainedItems.ts";
import { type Explain, type Explainer, openExplainer } from "../explanations/explainer.ts";
import { guardMaps, guardMethod } from "../explanations/guard.ts";
import { trainOnPermutedLabels } from "../explanations/labelRandomised.ts";
import type { Given } from "./given.ts";
import type { InspectedRun } from "./inspectedRun.ts";
import { Work } from "./work.ts";

/** Of validation, among which items are chosen. */
const mostScored = 1024;
/** Validation items with masks that localisation is over. */
const mostLocated = 32;
/** Of integrated gradients: for a map that is shown, doubled until it is complete; and for the many maps of the checks. */
const shownSteps = { steps: 64, most: 512 } as const;
const guardSteps = { steps: 32, most: 32 } as const;

/** About the time of one map, by Grad-CAM's; and of an update. For the bar alone. */
const costs = { gradCam: 1, integratedGradients: 24, occlusion: 60, update: 12 } as const;

/** @throws DomainError BAD_INPUT for a class that is not there; NOT_FOUND for an item that is not in the run's split */
export async function heatmaps(request: HeatmapsRequest, given: Given): Promise<HeatmapsResult> {
  const run = given.run(request.runId);
  const model = await run.model("end");
  const options = { baseline: request.baseline, integration: guardSteps };
  const explainer = openExplainer(model, options);
  const showing = openExplainer(model, { ...options, integration: shownSteps });
  try {
    return await answer({ request, given, run, model, explainer, showing });
  } finally {
    explainer.dispose();
    showing.dispose();
    model.dispose();
  }
}

interface Asked {
  readonly request: HeatmapsRequest;
  readonly given: Given;
  readonly run: InspectedRun;
  readonly model: tf.LayersModel;
  readonly explainer: Explainer;
  /** The same with more steps. */
  readonly showing: Explainer;
}

async function answer(asked: Asked): Promise<HeatmapsResult> {
  const { request, given, run, model, explainer, showing } = asked;
  const { methods, classIndex, draws } = request;
  checkClass(request, run);
  const predict = async (images: readonly Float32Array[]) => probabilities(run, await explainer.logits(images));
  const scored = run.items.validation.slice(0, mostScored).map((item) => ({ item, fold: "validation" as const }));
  const validation = await explained(scored, predict, classIndex);
  const guard = await withImages(guarded(validation, request.guardItems));
  const withMasks = validation.filter(({ itemId, truth, classIndex: index }) => {
    return truth[index] !== 0 && run.masks?.itemIds.has(itemId);
  });
  const located = await withImages(withMasks.slice(0, mostLocated));
  const shown =
    request.choice === "named"
      ? await explained(named(run.items, request), predict, classIndex)
      : chosen(validation, request.choice, request.count);

  const trained = copied(readWeights(model));
  const maps =
    guardMaps(guard.length, cascadeBlocks(trained.keys()).length, draws, true) + located.length + shown.length;
  const updates = request.labelRandomisedRunId ? 0 : request.labelSteps;
  const total = methods.reduce((sum, method) => sum + costs[method] * maps, updates * costs.update);
  const work = new Work(given, total);

  const { weights: labelRandomised, told } = await labelRandomisedModel(asked, () => work.did(costs.update));
  const untrained = Array.from({ length: draws }, (_, draw) => randomWeights(run, draw));
  const checks: MethodChecks[] = [];
  for (const method of methods) {
    const onMap = () => work.did(costs[method]);
    const explain = explainer.methods[method];
    const guardOptions = { model, trained, untrained, labelRandomised, items: guard, onMap };
    const checked = await guardMethod(explain, guardOptions);
    checks.push({ method, ...checked, localisation: await locate(run, located, explain, onMap) });
  }
  const items: HeatmapItem[] = [];
  for (const { item, ...each } of shown) {
    const image = await normalized(item);
    const { size } = run.configuration.model;
    const drawn: Heatmap[] = [];
    for (const method of methods) {
      drawn.push(await drawnMap(given, method, await showing.methods[method](image, each.classIndex), size));
      work.did(costs[method]);
    }
    items.push({ ...each, image: await given.storePicture((await item.read()).image, size, size), maps: drawn });
  }
  const { masks } = run;
  return {
    size: run.configuration.model.size,
    items,
    methods: checks,
    guardItems: guard.length,
    draws,
    labelRandomised: told,
    masks: masks && { labelVersionId: masks.labelVersionId, labelVersionNumber: masks.labelVersionNumber },
    squares: usualSquares(run.configuration.model.size),
    chosenAmong: request.choice === "named" ? null : validation.length,
  };
}

function checkClass({ classIndex }: HeatmapsRequest, { task }: InspectedRun): void {
  const classes = task.truthShape[0]!;
  if (classIndex === undefined || classIndex < classes) return;
  const message = `classIndex: expected 0 to ${classes - 1}, got ${classIndex}; the label schema has ${classes} classes`;
  throw new DomainError("BAD_INPUT", message, { classes, classIndex });
}

function probabilities({ task }: InspectedRun, logits: readonly Float32Array[]): number[][] {
  const rows = tf.tidy(() => task.probabilities(tf.tensor2d(logits.map((row) => Array.from(row)))).arraySync());
  return rows as number[][];
}

type WithImage = ExplainedItem & { readonly image: Float32Array };

const withImages = (items: readonly ExplainedItem[]): Promise<WithImage[]> =>
  Promise.all(items.map(async (each) => ({ ...each, image: await normalized(each.item) })));

async function labelRandomisedModel(
  { request, given, run }: Asked,
  onStep: () => void,
): Promise<{ readonly weights: NamedWeights; readonly told: LabelRandomisedModel }> {
  const { labelRandomisedRunId: runId, labelSteps: steps } = request;
  const start = await (runId ? given.run(runId).model("end") : run.model("start"));
  try {
    if (runId) {
      return { weights: copied(readWeights(start)), told: { runId, steps: null, accuracy: null, chance: null } };
    }
    const { task, seed } = run;
    const items = run.items.train;
    const { weights, accuracy, chance } = await trainOnPermutedLabels({ task, seed, items, start, steps, onStep });
    return { weights, told: { runId: null, steps, accuracy, chance } };
  } finally {
    start.dispose();
  }
}

function randomWeights(run: InspectedRun, draw: number): NamedWeights {
  const model = run.randomModel(randomStream("heatmaps", draw).integer(2 ** 31));
  const weights = copied(readWeights(model));
  model.dispose();
  return weights;
}

/** What was read may be the model's own memory. */
const copied = (weights: NamedWeights): NamedWeights =>
  new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));

async function locate(
  run: InspectedRun,
  items: readonly WithImage[],
  explain: Explain,
  onMap: () => void,
): Promise<Localisation | null> {
  const located = [];
  for (const { itemId, classIndex, image } of items) {
    const mask = await run.masks!.mask(itemId, classIndex);
    located.push({ map: (await explain(image, classIndex)).values, image, mask });
    onMap();
  }
  return localisation(located, run.configuration.model.size);
}

async function drawnMap(
  given: Given,
  method: HeatmapMethod,
  { values, integration }: Awaited<ReturnType<Explain>>,
  size: number,
): Promise<Heatmap> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return {
    method,
    picture: await given.storePicture(coloured(values), size, size),
    values: await given.storeBlob(bytes, "application/octet-stream"),
    low: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    high: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    integration,
  };
}
