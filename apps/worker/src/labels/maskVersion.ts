/**
 * @file Masks that a rule makes: a consensus of readers, or a version with noise. Stored batch by batch, so that a worker that
 * goes on after a killed one makes only what is missing; and each with what it is against the masks that it was made from.
 */
import { DomainError } from "@tessera/domain/errors";
import type { LabelRule } from "@tessera/domain/labels/rule";
import { isChosen } from "@tessera/domain/noise/maskNoise";
import type { MaskNoise } from "@tessera/domain/noise/models";
import { insertAnnotations, type NewAnnotation } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { type MeasuredPair, storeMaskPairs } from "@tessera/store/maskPairs";
import { madeBy, type Opinion } from "@tessera/store/opinions";
import { eachItem, sentenceOf } from "../measurements/problems.ts";
import { readMasks } from "./itemMasks.ts";
import { asHolder, batchSize, type RunningLabelJob } from "./labelJob.ts";
import type { ClassFacts } from "./operations.ts";

/** Annotations by item. */
export type Chosen = Map<string, string>;

interface MadeMask {
  readonly annotation: NewAnnotation;
  readonly blob: { readonly sha256: string; readonly size: number };
  readonly pairs: readonly MeasuredPair[];
}

/** One mask per item of all that its readers drew. @param opinions by item, each reader once */
export async function consensusMasks(
  job: RunningLabelJob,
  rule: Extract<LabelRule, { kind: "majority" | "staple" }>,
  opinions: readonly (readonly Opinion[])[],
): Promise<Chosen> {
  const name = rule.kind === "majority" ? "majority" : "STAPLE";
  return makeMasks(job, opinions, async (readers) => {
    const shas = readers.map(({ maskSha256 }) => maskSha256!);
    const { masks, ...size } = await readMasks(job, shas);
    const made = await job.measurer.maskConsensus({ masks, rule, ...size, classes: job.claimed.classes.length });
    const facts = made.facts.map((each, reader) => ({ sha256: shas[reader]!, facts: each }));
    return { name, ...size, indices: made.indices, facts };
  });
}

/** Items that the noise spares keep their annotation. @param labels of the version that is corrupted */
export async function noisyMasks(
  job: RunningLabelJob,
  { model, seed }: { model: MaskNoise; seed: number },
  labels: readonly Opinion[],
): Promise<{ chosen: Chosen; drawn: number; changed: number }> {
  const drawn = labels.filter(({ itemSha256 }) => isChosen(seed, itemSha256, model.rate));
  const made = await makeMasks(job, drawn.map((label) => [label]), async ([label]) => {
    const sha256 = label!.maskSha256!;
    const { masks, ...size } = await readMasks(job, [sha256]);
    const task = { indices: masks[0]!, model, seed, key: label!.itemSha256, ...size, classes: job.claimed.classes.length };
    const { indices, facts } = await job.measurer.maskNoise(task);
    return { name: "noise", ...size, indices, facts: [{ sha256, facts }] };
  }); // biome-ignore format: short
  const chosen = new Map(labels.map(({ itemId, annotationId }) => [itemId, made.get(itemId) ?? annotationId]));
  const changed = await changedMasks(job, labels);
  return { chosen, drawn: drawn.length, changed };
}

/** A drawn mask may come out as it was, as where a region was not dropped. */
async function changedMasks(job: RunningLabelJob, labels: readonly Opinion[]): Promise<number> {
  const before = new Map(labels.map(({ itemId, maskSha256 }) => [itemId, maskSha256]));
  const made = await job.database.asTeam(job.teamId, (sql) => madeBy(sql, job.teamId, job.claimed.id));
  return [...made].filter(([itemId, { maskSha256 }]) => before.get(itemId) !== maskSha256).length;
}

interface NewMask {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly indices: Uint8Array;
  /** The masks that it was made from, each against it. */
  readonly facts: readonly { readonly sha256: string; readonly facts: ClassFacts }[];
}

/** @throws DomainError BAD_FILE naming the items that could not be made: a version without them would be another one */
async function makeMasks(
  job: RunningLabelJob,
  items: readonly (readonly Opinion[])[],
  make: (opinions: readonly Opinion[]) => Promise<NewMask>,
): Promise<Chosen> {
  const { teamId, claimed, held, progress } = job;
  const stored = await job.database.asTeam(teamId, (sql) => madeBy(sql, teamId, claimed.id));
  const chosen: Chosen = new Map([...stored].map(([itemId, { id }]) => [itemId, id]));
  const open = items.filter(([opinion]) => !chosen.has(opinion!.itemId));
  progress(items.length - open.length, items.length);
  for (let start = 0; start < open.length; start += batchSize) {
    const batch = open.slice(start, start + batchSize);
    const { values, problems } = await eachItem(held.signal, batch, ([opinion]) => opinion!.itemName, (opinions) =>
      make(opinions).then((mask) => encode(job, opinions[0]!, mask)),
    ); // biome-ignore format: short
    if (problems.length > 0) throw new DomainError("BAD_FILE", sentenceOf(problems, items.length, "made"));
    const rows = await asHolder(job, async (sql) => {
      for (const { blob } of values) await putBlob(sql, teamId, { ...blob, mediaType: "image/png" });
      await storeMaskPairs(sql, teamId, {
        classes: claimed.classes.length,
        pairs: values.flatMap(({ pairs }) => pairs),
      });
      return insertAnnotations(sql, teamId, values.map(({ annotation }) => annotation)); // biome-ignore format: short
    });
    for (const { itemId, id } of rows) chosen.set(itemId, id);
    progress(items.length - open.length + Math.min(start + batchSize, open.length), items.length);
  }
  return chosen;
}

async function encode(job: RunningLabelJob, { itemId }: Opinion, mask: NewMask): Promise<MadeMask> {
  const { imaging, objects, teamId, claimed } = job;
  const { width, height } = mask;
  const { png, regionPixels, components } = await imaging.encodeClassMask(
    mask.indices,
    width,
    height,
    claimed.classes.length,
  );
  const blob = await objects.put(teamId, png);
  return {
    blob,
    annotation: {
      itemId,
      schemaId: claimed.schemaId,
      reader: `rule: ${mask.name}`,
      readerKind: "program",
      madeBy: claimed.id,
      maskSha256: blob.sha256,
      classValues: null,
      regionPixels,
      components,
      boxes: null,
    },
    pairs: mask.facts.flatMap(({ sha256, facts }) => facts.map((fact) => ({ a: sha256, b: blob.sha256, ...fact }))),
  };
}
