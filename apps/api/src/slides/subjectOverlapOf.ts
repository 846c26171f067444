/** @file Subjects of slides that an encoder has learnt from. Bags have no picture to compare, so that names of subjects are all there is. */
import type { Run } from "@tessera/store/runs";
import { subjectOverlap } from "@tessera/store/subjectOverlap";
import type { Context } from "../context.ts";
import { startingRuns } from "../lineage/chain.ts";
import type { SubjectOverlap } from "./subjectOverlap.type.ts";

const named = 20;

export async function subjectOverlapOf(
  { asTeam, teamId, loaders }: Context,
  run: Run,
  datasetId: string,
): Promise<SubjectOverlap> {
  const chain = [run, ...(await startingRuns(loaders, run.startingRunId))];
  const splitIds = [...new Set(chain.flatMap(({ splitId }) => splitId ?? []))];
  const { shared, unknown } = await asTeam((sql) => subjectOverlap(sql, teamId, { datasetId, splitIds }));
  return {
    count: shared.length,
    tested: shared.filter(({ tested }) => tested).length,
    subjects: shared.slice(0, named).map(({ subject }) => subject),
    unknown,
  };
}
