/** @file Cross-validated experiments whose models know the truth, on labels some of which are wrong. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { TrainerEvent } from "@tessera/domain/events";
import { countedThresholds } from "@tessera/domain/measures";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { insertItemHashes } from "@tessera/store/itemHashes";
import { freezeLabelVersion, labelsForItems } from "@tessera/store/labelVersions";
import { splitItems } from "@tessera/store/splits";
import { hashed, smallPicture } from "../support/smallPictures.ts";
import { plantExperiment, sha, type World } from "./world.ts";

/** Places whose label noise has changed. */
export const wrongPlaces: readonly number[] = [3, 8, 17, 21];

export interface ErrorsWorld {
  /** Experiments. */
  readonly films: string;
  readonly polyps: string;
  readonly noisyId: string;
  /** Of both datasets' items. */
  readonly place: ReadonlyMap<string, number>;
}

/** @param images stored pictures of the films, and a stored mask */
export async function plantLabelErrors(
  world: World,
  { images = [], mask }: { images?: readonly string[]; mask?: string } = {},
): Promise<ErrorsWorld> {
  const place = new Map<string, number>();
  const wrong = wrongPlaces;
  const maskSha256 = mask ?? sha("mask");
  /** Even places are normal, odd ones pneumonia; a version by noise has four of 24 the other way round. 24 is a copy of 3 with its true label. */
  async function plantFilms() {
    const { db, teamId } = world.database;
    const valuesOf = (i: number): [0 | 1, 0 | 1] => (i % 2 === 0 ? [1, 0] : [0, 1]);
    const items = subjects(25, "film").map((item, i) => ({ ...item, regionPixels: [], classValues: valuesOf(i === 24 ? 3 : i), ...(images[i] && { imageSha256: images[i] }) })); // biome-ignore format: one line
    const one = { seeds: [1], arms: [{ name: "one", changes: {} }], classes: ["normal", "pneumonia"], exclusive: true };
    const made = await plantExperiment(world, teamId, { name: "Films", items, ...one });
    for (const [i, { id }] of made.items.entries()) place.set(id, i);
    const noisyId = await db.asTeam(teamId, async (sql) => {
      const pictures = made.items.map(({ id }, i) => ({
        itemId: id,
        ...hashed(smallPicture(`film ${i === 24 ? 3 : i}`)),
      }));
      await insertItemHashes(sql, teamId, pictures);
      const { schemaId } = made.labelVersion;
      const before = await labelsForItems(sql, teamId, made.labelVersion.id, made.items.map(({ id }) => id)); // biome-ignore format: one line
      const changed = wrong.map((i) => ({
        ...{ itemId: made.items[i]!.id, schemaId, reader: "noise", maskSha256: null, regionPixels: [], components: [] },
        ...{ classValues: valuesOf(i + 1), boxes: null },
      }));
      const annotations = await insertAnnotations(sql, teamId, changed);
      const newOf = new Map(annotations.map((each) => [each.itemId, each.id]));
      const labels = before.map((label) => ({ itemId: label!.itemId, annotationId: newOf.get(label!.itemId) ?? label!.annotationId })); // biome-ignore format: one line
      const { number, contentHash, chainHash } = made.labelVersion;
      const pinned = {
        rule: { kind: "noise", model: { kind: "symmetric", share: 0.3 }, seed: 1 },
        from: { number, contentHash, chainHash },
      } as const;
      const version = {
        datasetId: made.dataset.id,
        schemaId,
        rule: "noise",
        note: "",
        labels,
        sourceId: made.labelVersion.id,
      };
      return (await freezeLabelVersion(sql, teamId, { ...version, pinned: pinned as never })).id;
    });
    await endAll();
    return {
      noisyId,
      films: await crossValidate({
        name: "Clean the films",
        labelVersionId: noisyId,
        base: { ...classificationDefaults },
      }),
    };
  }

  /** Twelve masks of 100 of 1024 pixels. The label of 5 is empty in truth: the models see a region that it lacks. */
  async function plantPolyps(): Promise<string> {
    const { db, teamId } = world.database;
    const items = subjects(12, "polyp").map((item, i) => ({
      ...item,
      regionPixels: [100],
      ...(images[25 + i] && { imageSha256: images[25 + i] }),
    }));
    const made = await plantExperiment(world, teamId, { name: "Polyps", items, seeds: [1], arms: [{ name: "one", changes: {} }] }); // biome-ignore format: one line
    for (const [i, { id }] of made.items.entries()) place.set(id, i);
    if (!mask)
      await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256: maskSha256, size: 4, mediaType: "image/png" }));
    await endAll();
    return crossValidate({
      name: "Clean the polyps",
      labelVersionId: made.labelVersion.id,
      base: { ...segmentationDefaults },
    });
  }

  async function crossValidate(of: { name: string; labelVersionId: string; base: object }): Promise<string> {
    const input = {
      ...{ projectName: "Errors", question: "Which labels are wrong?", folds: 3, repeats: 2, seed: 5, ...of },
      arms: [{ name: "one", changes: {} }, { name: "two", changes: { epochs: 3 } }], // biome-ignore format: one line
    };
    const { data, errors } = await world.graphql<{ createCrossValidation: { id: string } }>(
      world.tokens.researcher,
      "mutation ($input: CreateCrossValidationInput!) { createCrossValidation(input: $input) { id } }",
      { input },
    );
    if (errors || !data) throw new Error(JSON.stringify(errors));
    await endAll();
    return data.createCrossValidation.id;
  }

  /** Every queued run says of its test fold what is true, a little differently from seed to seed. */
  async function endAll(): Promise<void> {
    const { db, teamId, owner } = world.database;
    const [worker] = await owner<{ id: string }[]>`select id from workers where team_id = ${teamId} limit 1`;
    for (;;) {
      const run = await claimRun(db, { teamId, workerId: worker!.id, leaseSeconds: 60 });
      if (!run) return;
      const items = await db.asTeam(teamId, (sql) => splitItems(sql, teamId, run.splitId));
      const tested = items.filter(({ fold }) => fold === "test").map(({ itemId }) => itemId);
      const labels = await db.asTeam(teamId, (sql) => labelsForItems(sql, teamId, run.labelVersionId, tested));
      const events: TrainerEvent[] = [
        {
          ...{ type: "evaluation", fold: "test", checkpointStep: 1, size: 32, threshold: 0.5, items: [] },
          ...(labels[0]!.classValues === null
          ? { items: tested.map((itemId) => countsOf(itemId, run.arm)) }
          : { predictions: tested.map((itemId, at) => ({ itemId, truth: labels[at]!.classValues!, probabilities: said(itemId, run.seed) })) }), // biome-ignore format: one line
        },
      ];
      await ingest(db, { teamId, runId: run.id, attempt: run.attempt, sequence: 1, events });
      await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
    }
  }

  function said(itemId: string, seed: number): [number, number] {
    const at = place.get(itemId)!;
    const sure = 0.75 + (at % 10) / 100 + (seed >= 200 ? 0.1 : 0);
    return (at === 24 ? 3 : at) % 2 === 0 ? [sure, 1 - sure] : [1 - sure, sure];
  }

  function countsOf(itemId: string, arm: string) {
    const at = place.get(itemId)!;
    const hits = at === 5 ? 0 : (arm === "two" ? 70 : 90) + (at % 4);
    const outside = at === 5 ? 100 : 2;
    return {
      ...{ itemId, classIndex: 0, truthComponents: 1, predictedComponents: 1, predictionSha256: maskSha256 },
      ...{ truePositives: hits, falsePositives: outside, falseNegatives: at === 5 ? 0 : 100 - hits },
      trueNegatives: at === 5 ? 924 : 922,
      thresholdCounts: {
        thresholds: countedThresholds,
        truePositives: countedThresholds.map((each) => Math.round(hits * (1 - each / 4))),
        falsePositives: countedThresholds.map((each) => Math.round(outside * (1 - each / 4))),
      },
    };
  }

  const { noisyId, films } = await plantFilms();
  return { noisyId, films, polyps: await plantPolyps(), place };
}

const subjects = (n: number, name: string) =>
  Array.from({ length: n }, (_, i) => ({
    name: `${name} ${String(i).padStart(2, "0")}`,
    subject: `${name} p${i}`,
    fold: (["train", "validation", "test"] as const)[i % 3]!,
  }));
