/** @file A label version made by a rule: which opinions it reads, what it makes of them, and the version frozen at the end. */
import { DomainError } from "@tessera/domain/errors";
import type { LabelRequest } from "@tessera/domain/labels/request";
import { plainResult, type RuleResult } from "@tessera/domain/labels/result";
import type { PinnedRule } from "@tessera/domain/labels/rule";
import { ruleText } from "@tessera/domain/labels/ruleText";
import { isChosen } from "@tessera/domain/noise/maskNoise";
import { isMaskNoise } from "@tessera/domain/noise/models";
import { insertAnnotations } from "@tessera/store/annotations";
import type { TeamSql } from "@tessera/store/database";
import { freezeLabelVersion, type LabelVersion, labelVersionsByIds } from "@tessera/store/labelVersions";
import { noiseDice, readersAgainstConsensus } from "@tessera/store/maskPairs";
import { labelsOfVersion, type Opinion, opinionsOf } from "@tessera/store/opinions";
import { type ClassLabel, classConsensus, noisyClasses } from "./classVersion.ts";
import { asHolder, type RunningLabelJob } from "./labelJob.ts";
import { consensusMasks, noisyMasks } from "./maskVersion.ts";

type Request = Extract<LabelRequest, { kind: "makeVersion" }>;

interface Made {
  readonly labels: readonly ClassLabel[];
  /** For annotations that the rule makes. */
  readonly name?: string;
  readonly result: RuleResult;
}

/** @returns the version, and how many items it labels. @throws DomainError where the rule has nothing to go by */
export async function makeVersion(job: RunningLabelJob, request: Request): Promise<LabelVersion> {
  const { teamId, claimed, progress } = job;
  const { datasetId, schemaId } = claimed;
  const source = await sourceOf(job, request.fromVersionId);
  const made = await labelsBy(job, request, source);
  if (made.labels.length === 0) {
    throw new DomainError(
      "CONFLICT",
      "The rule gives no item a label: no reader that it names has an opinion; import one",
    );
  }
  progress(made.labels.length, made.labels.length);
  const pinned: PinnedRule = {
    rule: request.rule,
    from: source && { number: source.number, contentHash: source.contentHash, chainHash: source.chainHash },
  };
  return asHolder(job, async (sql) =>
    freezeLabelVersion(sql, teamId, {
      datasetId,
      schemaId,
      rule: ruleText(pinned),
      pinned,
      sourceId: source?.id ?? null,
      result: made.result,
      note: request.note,
      labels: await annotationsOf(sql, job, made),
    }),
  );
}

async function sourceOf({ database, teamId }: RunningLabelJob, id: string | null): Promise<LabelVersion | null> {
  if (id === null) return null;
  const [version] = await database.asTeam(teamId, (sql) => labelVersionsByIds(sql, teamId, [id]));
  return version ?? null;
}

async function labelsBy(job: RunningLabelJob, request: Request, source: LabelVersion | null): Promise<Made> {
  const { claimed } = job;
  const { rule } = request;
  if (rule.kind === "singleReader") return { labels: await opinions(job, [rule.reader]), result: plainResult };
  if (rule.kind === "adjudicated") {
    const given = [...(await labelsOf(job, source)), ...(await opinions(job, [rule.adjudicator]))];
    return { labels: [...new Map(given.map((each) => [each.itemId, each])).values()], result: plainResult };
  }
  if (rule.kind === "noise") {
    const { model, seed } = rule;
    const labels = await labelsOf(job, source);
    if (model.kind === "secondReader")
      return secondReader(labels, await opinions(job, [model.reader]), { ...model, seed });
    if (!isMaskNoise(model)) {
      return noisyClasses(
        job,
        { model, seed },
        labels,
        model.kind === "instanceDependent" ? await opinions(job, null) : [],
      );
    }
    const { chosen, drawn, changed } = await noisyMasks(job, { model, seed }, labels);
    const dice = await job.database.asTeam(job.teamId, (sql) => noiseDice(sql, job.teamId, { jobId: claimed.id, sourceId: source!.id, classes: claimed.classes.length })); // biome-ignore format: one line
    const noise = { labels: labels.length, drawn, changed, expectedRate: null, dice };
    return { labels: ofMap(chosen), result: { ...plainResult, noise } };
  }
  const readers = rule.readers ?? [...new Set((await opinions(job, null)).map(({ reader }) => reader))].sort();
  const items = [...Map.groupBy(await opinions(job, readers), ({ itemId }) => itemId).values()];
  if (claimed.task === "classification" && rule.kind !== "staple") return classConsensus(job, rule, items, readers);
  if (rule.kind === "dawidSkene")
    throw new DomainError("BAD_INPUT", "Dawid–Skene is of classes; choose STAPLE for masks");
  const labels = ofMap(await consensusMasks(job, rule, items));
  const against = await job.database.asTeam(job.teamId, (sql) => readersAgainstConsensus(sql, job.teamId, { jobId: claimed.id, schemaId: claimed.schemaId, classes: claimed.classes.length, readers })); // biome-ignore format: one line
  return { labels, result: { ...plainResult, readers: against } };
}

const ofMap = (chosen: ReadonlyMap<string, string>) =>
  [...chosen].map(([itemId, annotationId]) => ({ itemId, annotationId }));

const opinions = ({ database, teamId, claimed }: RunningLabelJob, readers: readonly string[] | null) =>
  database.asTeam(teamId, (sql) => opinionsOf(sql, teamId, { schemaId: claimed.schemaId, readers }));

const labelsOf = ({ database, teamId }: RunningLabelJob, source: LabelVersion | null): Promise<Opinion[]> =>
  source === null ? Promise.resolve([]) : database.asTeam(teamId, (sql) => labelsOfVersion(sql, teamId, source.id));

/** A share of the items takes another reader's label. */
function secondReader(
  labels: readonly Opinion[],
  others: readonly Opinion[],
  { seed, rate }: { seed: number; rate: number },
): Made {
  const otherOf = new Map(others.map((each) => [each.itemId, each]));
  let [drawn, changed] = [0, 0];
  const taken = labels.map((label) => {
    const other = isChosen(seed, label.itemSha256, rate) ? otherOf.get(label.itemId) : undefined;
    if (!other) return label;
    drawn++;
    if (JSON.stringify([other.maskSha256, other.classValues]) !== JSON.stringify([label.maskSha256, label.classValues]))
      changed++;
    return other;
  });
  return {
    labels: taken,
    result: { ...plainResult, noise: { labels: labels.length, drawn, changed, expectedRate: null, dice: null } },
  };
}

/** Inserts what the rule made, in one statement. */
async function annotationsOf(sql: TeamSql, { teamId, claimed }: RunningLabelJob, { labels, name }: Made) {
  const rows = labels.flatMap((label) =>
    "values" in label
      ? [
          {
            itemId: label.itemId,
            schemaId: claimed.schemaId,
            reader: `rule: ${name}`,
            readerKind: "program" as const,
            madeBy: claimed.id,
            maskSha256: null,
            classValues: label.values,
            regionPixels: [],
            components: [],
            boxes: null,
          },
        ]
      : [],
  );
  const made = new Map((await insertAnnotations(sql, teamId, rows)).map(({ itemId, id }) => [itemId, id]));
  return labels.map((label) => ({
    itemId: label.itemId,
    annotationId: "values" in label ? made.get(label.itemId)! : label.annotationId,
  }));
}
