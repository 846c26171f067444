/** @file Heatmaps of one run: the maps that were asked for, and the checks of every method that makes them. */
import * as tf from "@tensorflow/tfjs";
import { coloured } from "@tessera/analysis/explanations/colours";
import { localisation } from "@tessera/analysis/explanations/localisation";
import type {
  Heatmap,
  HeatmapItem,
  HeatmapMethod,
  HeatmapsRequest,
  HeatmapsResult,
  Localisation,
  MethodChecks,
} from "@tessera/domain/inspections/heatmaps";
import { cascadeBlocks } from "@tessera/models/explanations/cascade";
import { usualSquares } from "@tessera/models/explanations/occlusion";
import { readWeights } from "@tessera/models/weights/named";
import { chosen, type ExplainedItem, explained, guarded, named, normalized } from "../explanations/explainedItems.ts";
import { type Explain, type Explainer, openExplainer } from "../explanations/explainer.ts";
import { guardMaps, guardMethod } from "../explanations/guard.ts";
import { checkAsked, copied, labelRandomisedModel, untrainedWeights } from "../explanations/guardedRun.ts";
import type { TrainingItem } from "../items.ts";
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

/** @throws DomainError BAD_INPUT for a class that is not there; CONFLICT without a validation fold; NOT_FOUND for an item that is not in the run's split */
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
  checkAsked(request, run);
  const predict = async (items: readonly TrainingItem[]) =>
    probabilities(run, await explainer.logits(await Promise.all(items.map(normalized))));
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

  const other = request.labelRandomisedRunId ? given.run(request.labelRandomisedRunId) : null;
  const { weights: labelRandomised, told } = await labelRandomisedModel(request, run, other, () =>
    work.did(costs.update),
  );
  const untrained = untrainedWeights(run, draws);
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

function probabilities({ task }: InspectedRun, logits: readonly Float32Array[]): number[][] {
  const rows = tf.tidy(() => task.probabilities(tf.tensor2d(logits.map((row) => Array.from(row)))).arraySync());
  return rows as number[][];
}

type WithImage = ExplainedItem & { readonly image: Float32Array };

const withImages = (items: readonly ExplainedItem[]): Promise<WithImage[]> =>
  Promise.all(items.map(async (each) => ({ ...each, image: await normalized(each.item) })));

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
