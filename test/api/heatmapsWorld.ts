/** @file A classification run with a checkpoint, and an answer to heatmaps of it whose numbers are chosen by hand. */
import type { ItemMean, Left, Similarities } from "@tessera/domain/inspections/guard";
import type { HeatmapsResult, MethodChecks } from "@tessera/domain/inspections/heatmaps";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { claimInspection, finishInspection } from "@tessera/store/inspectionQueue";
import { plantExperiment, type World } from "./world.ts";

export async function plantClassifier(world: Pick<World, "database">, images: readonly string[] = []) {
  const { db, teamId } = world.database;
  const items = Array.from({ length: 6 }, (_, i) => ({
    name: `film ${i}`,
    subject: `p${i}`,
    fold: i < 4 ? ("validation" as const) : ("test" as const),
    regionPixels: [],
    ...(images[i] === undefined ? {} : { imageSha256: images[i] }),
    classValues: i % 2 === 0 ? ([1, 0] as const) : ([0, 1] as const),
  }));
  const made = await plantExperiment(world, teamId, {
    ...{ name: "Where does it look?", seeds: [1], items, arms: [{ name: "A", changes: {} }] },
    ...{ classes: ["normal", "pneumonia"], exclusive: true },
  });
  const workerId = made.worker.id;
  const run = (await claimRun(db, { teamId, workerId, leaseSeconds: 60 }))!;
  const scored = made.items.slice(0, 4).map(({ id }, i) => ({
    ...{ itemId: id, truth: items[i]!.classValues, probabilities: i % 2 === 0 ? [0.9, 0.1] : [0.2, 0.8] },
  }));
  await ingest(db, {
    ...{ teamId, runId: run.id, attempt: run.attempt, sequence: 1 },
    events: [
      { type: "checkpoint", kind: "best", step: 20, epoch: 2, sha256: made.prediction, validationScore: 0.9 },
      ...[{ type: "evaluation", fold: "validation", checkpointStep: 20, size: 64, threshold: 0.5 } as const].map(
        (event) => ({ ...event, items: [], predictions: scored }),
      ),
    ],
  });
  await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  const itemIds = made.items.map(({ id }) => id);

  /** What a worker would do with the oldest queued inspection. */
  async function answer(result: HeatmapsResult): Promise<void> {
    const { id, attempt } = (await claimInspection(db, { teamId, workerId, leaseSeconds: 60 }))!;
    await finishInspection(db, { teamId, id, attempt, result, blobs: [] });
  }
  const { id: labelVersionId, schemaId } = made.labelVersion;
  return { runId: run.id, itemIds, labelVersionId, schemaId, answer };
}

type OfImages = Similarities & { readonly structure: number };
const alike = (signed: number, magnitude = signed, structure = signed): OfImages => ({
  signed,
  magnitude,
  structure,
});
const about = (mean: number, half: number): ItemMean => ({ mean, low: mean - half, high: mean + half });
const leftOf = ({ signed, magnitude, structure }: OfImages, half: number): Left[] =>
  Object.entries({ signed, magnitude, structure }).map(([measure, estimate]) => {
    return { measure: measure as Left["measure"], estimate, low: estimate - half, high: estimate + half };
  });

const blocks = ["head", "stage4/block1", "stage4/block0", "stage3/block0", "stage2/block0", "stage1/block0", "stem"];
const chance = alike(0.1, 0.1, 0.2);
type Made = Pick<MethodChecks, "method" | "verdict"> & { readonly ends: OfImages; readonly located: number };
const checksOf = ({ method, verdict, ends, located }: Made): MethodChecks => ({
  ...{ method, verdict, items: 11, blank: 1 },
  cascade: blocks.map((block, place) => {
    const at = (end: number) => 1 + ((end - 1) * (place + 1)) / blocks.length;
    return { block, chance, similarity: alike(at(ends.signed), at(ends.magnitude), at(ends.structure)) };
  }),
  weights: { n: 8, verdict, left: leftOf(ends, 0.04) },
  labels: { n: 11, verdict, left: leftOf(ends, 0.06), similarity: ends, chance },
  localisation: {
    ...{ auc: about(located, 0.05), items: 9, edgeDetector: about(0.7, 0.04), centrePrior: about(0.6, 0.08) },
    ...{ overEdgeDetector: about(located - 0.7, 0.06), overCentrePrior: about(located - 0.6, 0.09) },
  },
});

export interface Pictured {
  readonly itemIds: readonly string[];
  /** By item. */
  readonly images: readonly string[];
  /** The coloured picture of every map. */
  readonly picture: string;
  /** The dataset's own, as if it had masks; null: none has. */
  readonly maskVersionId: string | null;
}

/** One method of each verdict: Grad-CAM passes, integrated gradients pass in part, occlusion is as independent as edges. */
export function handMadeAnswer({ itemIds, images, picture, maskVersionId }: Pictured): HeatmapsResult {
  const methods = [
    checksOf({ method: "gradCam", verdict: "passes", ends: alike(0.12, 0.12, 0.05), located: 0.91 }),
    checksOf({ method: "integratedGradients", verdict: "partly", ends: alike(-0.02, 0.52, 0.2), located: 0.72 }),
    checksOf({ method: "occlusion", verdict: "independent", ends: alike(0.97, 0.97, 0.93), located: 0.7 }),
  ];
  return {
    ...{ size: 64, guardItems: 12, draws: 8, chosenAmong: 4, squares: { patch: 8, stride: 4 } },
    methods: maskVersionId === null ? methods.map((each) => ({ ...each, localisation: null })) : methods,
    labelRandomised: { runId: null, steps: 300, accuracy: 0.87, chance: 0.5 },
    masks: maskVersionId === null ? null : { labelVersionId: maskVersionId, labelVersionNumber: 1 },
    items: itemIds.map((itemId, i) => ({
      ...{ itemId, fold: i < 3 ? ("validation" as const) : ("test" as const), image: images[i]! },
      ...{ truth: i % 2 === 0 ? [1, 0] : [0, 1], probabilities: [0.2, 0.8], classIndex: 1 },
      maps: methods.map(({ method }, place) => ({
        ...{ method, picture, values: picture, low: place === 0 ? 0 : -1, high: i === 1 && place === 0 ? 0 : 2 },
        integration: place === 1 ? { steps: 64, difference: 2, missing: i === 0 ? 0.3 : 0.01 } : null,
      })),
    })),
  };
}
