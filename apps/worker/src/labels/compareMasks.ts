/** @file Pairs of masks measured against each other, where no job has done so before. */
import { DomainError } from "@tessera/domain/errors";
import type { LabelRequest } from "@tessera/domain/labels/request";
import type { TeamSql } from "@tessera/store/database";
import { diffMasks } from "@tessera/store/labelDiff";
import { type MaskPair, maskPairs, pairKey, storeMaskPairs } from "@tessera/store/maskPairs";
import { opinionsOf } from "@tessera/store/opinions";
import { eachItem, sentenceOf } from "../measurements/problems.ts";
import { readMasks } from "./itemMasks.ts";
import { asHolder, batchSize, type RunningLabelJob } from "./labelJob.ts";

type Request = Exclude<LabelRequest, { kind: "makeVersion" }>;

interface NamedPair extends MaskPair {
  readonly itemName: string;
}

/** @returns how many pairs there are. @throws DomainError BAD_FILE naming items whose masks cannot be compared; the others are stored */
export async function compareMasks(job: RunningLabelJob, request: Request): Promise<number> {
  const { database, teamId, claimed, held, progress } = job;
  const classes = claimed.classes.length;
  const { all, open } = await database.asTeam(teamId, async (sql) => {
    const wanted = await pairsOf(sql, job, request);
    const all = [...new Map(wanted.map((pair) => [pairKey(pair), pair])).values()];
    const known = new Set(
      (await maskPairs(sql, teamId, { classes, pairs: all.map(({ a, b }) => ({ a, b })) })).map(pairKey),
    );
    return { all, open: all.filter((pair) => !known.has(pairKey(pair))) };
  });
  const problems: { item: string; message: string }[] = [];
  progress(all.length - open.length, all.length);
  for (let start = 0; start < open.length; start += batchSize) {
    const batch = open.slice(start, start + batchSize);
    const done = await eachItem(held.signal, batch, ({ itemName }) => itemName, async ({ a, b }) => {
      const { masks, ...size } = await readMasks(job, [a, b]);
      const facts = await job.measurer.compareMasks({ a: masks[0]!, b: masks[1]!, ...size, classes });
      return facts.map((fact) => ({ a, b, ...fact }));
    }); // biome-ignore format: short
    problems.push(...done.problems);
    await asHolder(job, (sql) => storeMaskPairs(sql, teamId, { classes, pairs: done.values.flat() }));
    progress(all.length - open.length + Math.min(start + batchSize, open.length), all.length);
  }
  if (problems.length > 0) throw new DomainError("BAD_FILE", sentenceOf(problems, all.length, "compared"));
  return all.length;
}

async function pairsOf(sql: TeamSql, { teamId, claimed }: RunningLabelJob, request: Request): Promise<NamedPair[]> {
  if (request.kind === "compareVersions") return diffMasks(sql, teamId, request, claimed.classes.length);
  const opinions = await opinionsOf(sql, teamId, { schemaId: claimed.schemaId, readers: request.readers });
  return [...Map.groupBy(opinions, ({ itemId }) => itemId).values()].flatMap((readers) =>
    readers.flatMap((one, at) =>
      readers
        .slice(at + 1)
        .filter((other) => other.maskSha256 !== one.maskSha256)
        .map((other) => ({ a: one.maskSha256!, b: other.maskSha256!, itemName: one.itemName })),
    ),
  );
}
