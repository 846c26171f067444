/** @file A run on a slide's bag, and an answer to tile maps of it whose numbers are chosen by hand: attention follows the planted tumour and passes, scores do not depend on the model. */
import { milDefaults } from "@tessera/domain/configuration/milRun";
import type { GuardVerdict, ItemMean, MapGuard } from "@tessera/domain/inspections/guard";
import type { TileMap, TileMapKind, TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import { openObjects } from "@tessera/objects/localObjects";
import { putBlob } from "@tessera/store/blobs";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { claimInspection, finishInspection } from "@tessera/store/inspectionQueue";
import { claimSlideJob, finishSlideJob } from "@tessera/store/slideJobQueue";
import { createSlideJob, insertSlideResult } from "@tessera/store/slideJobs";
import { plantExperiment, type World } from "../../api/world.ts";
import type { plantSlides } from "./plantSlides.ts";

type Slides = Awaited<ReturnType<typeof plantSlides>>;

const classes = ["normal", "tumour"];

/** @param slides of which the first has tiles */
export async function plantTileMaps(world: World, slides: Slides) {
  const { db, teamId, userId } = world.database;
  const bag = {
    kind: "bag" as const,
    regionPixels: [],
    imageSha256: slides.pictureSha256,
    classValues: [0, 1] as const,
  };
  const made = await plantExperiment(world, teamId, {
    ...{
      name: "Bags",
      seeds: [1],
      arms: [{ name: "attention", changes: {} }],
      classes,
      exclusive: true,
      base: milDefaults,
    },
    items: [{ ...bag, name: "slide-a", subject: "a", fold: "validation" }],
  });
  const bagItemId = made.items[0]!.id;
  const workerId = made.worker.id;
  const run = (await claimRun(db, { teamId, workerId, leaseSeconds: 60 }))!;
  await ingest(db, {
    ...{ teamId, runId: run.id, attempt: run.attempt, sequence: 1 },
    events: [{ type: "checkpoint", kind: "best", step: 20, epoch: 2, sha256: made.prediction, validationScore: 0.9 }],
  });
  await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });

  const weightsId = "00000000-0000-4000-8000-000000000000";
  const request = {
    kind: "features",
    tilesJobId: slides.jobId,
    weightsId,
    labelVersionId: null,
    name: "Bags",
  } as const;
  const job = await db.asTeam(teamId, (sql) =>
    createSlideJob(sql, teamId, { datasetId: slides.datasetId, request, createdBy: userId }),
  );
  const { attempt } = (await claimSlideJob(db, { teamId, workerId: slides.workerId, leaseSeconds: 60 }))!;
  await db.asTeam(teamId, (sql) =>
    insertSlideResult(sql, teamId, {
      ...{ jobId: job.id, itemId: slides.slideId, sha256: slides.pictureSha256, overlaySha256: null, bagItemId },
      ...{ tiles: slides.tumour.length, seconds: 1, facts: null, error: null },
    }),
  );
  await finishSlideJob(db, { teamId, id: job.id, attempt, error: null });

  const values = valuesOf(slides.tumour);
  const objects = openObjects({ directory: world.objectsDirectory });
  /** What a worker would do with the oldest queued inspection. */
  async function answer(): Promise<void> {
    const { id, attempt: first } = (await claimInspection(db, { teamId, workerId, leaseSeconds: 60 }))!;
    const mapOf = async (kind: TileMapKind, classIndex: number | null, of: Float32Array): Promise<TileMap> => {
      const blob = await objects.put(teamId, Buffer.from(of.buffer));
      await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { ...blob, mediaType: "application/octet-stream" }));
      return { kind, classIndex, values: blob.sha256, low: Math.min(...of), high: Math.max(...of), top: [] };
    };
    const result: TileMapsResult = {
      items: [
        {
          ...{ itemId: bagItemId, fold: "validation", truth: [0, 1], probabilities: [0.1, 0.9], classIndex: 1 },
          ...{ tiles: slides.tumour.length },
          origin: { slideItemId: slides.slideId, manifestSha256: slides.manifestSha256 },
          maps: [
            await mapOf("attention", null, values.attention),
            await mapOf(
              "score",
              0,
              values.score.map((value) => -value),
            ),
            await mapOf("score", 1, values.score),
          ],
        },
      ],
      checks: [
        { kind: "attention", ...guardOf("passes", 0.1), localisation },
        { kind: "score", ...guardOf("independent", 0.95), localisation: null },
      ],
      missing: { attention: null, score: null },
      score: "contribution",
      ...{ guardItems: 12, draws: 8, chosenAmong: null, tileTruth: "tileLabels" },
      labelRandomised: { runId: null, steps: 300, accuracy: 0.87, chance: 0.5 },
    };
    await finishInspection(db, { teamId, id, attempt: first, result, blobs: [] });
  }
  return { runId: run.id, values, answer };
}

/** Every tile has a value of its own: tumour above all others. */
function valuesOf(tumour: readonly number[]) {
  const raised = Float32Array.from(tumour, (is, row) => 20 * is + (((row * 37) % 101) + 1) / 101);
  const sum = raised.reduce((total, value) => total + value, 0);
  return {
    attention: raised.map((value) => value / sum),
    score: Float32Array.from(tumour, (is, row) => 2.5 * is - 0.5 - ((row * 53) % 97) / 300),
  };
}

const about = (mean: number, half: number): ItemMean => ({ mean, low: mean - half, high: mean + half });

const localisation = {
  ...{ auc: about(0.93, 0.04), items: 9, positiveShare: about(0.2, 0.05), topHit: about(0.9, 0.1) },
  ...{ oddness: about(0.61, 0.08), overOddness: about(0.32, 0.09) },
};

/** @param left of a map without what the model learnt */
function guardOf(verdict: GuardVerdict, left: number): MapGuard {
  const alike = (signed: number) => ({ signed, magnitude: signed, structure: null });
  const shares = (["signed", "magnitude"] as const).map((measure) => ({
    ...{ measure, estimate: left, low: left - 0.04, high: left + 0.04 },
  }));
  return {
    ...{ verdict, items: 12, blank: 0 },
    cascade: ["head", "attention", "tiles"].map((block, place) => ({
      ...{ block, chance: alike(0), similarity: alike(1 + ((left - 1) * (place + 1)) / 3) },
    })),
    weights: { n: 8, verdict, left: shares },
    labels: { n: 12, verdict, left: shares, similarity: alike(left), chance: alike(0) },
  };
}
