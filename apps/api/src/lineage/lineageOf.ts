/** @file The chain of weights of one run, with what each hop is worth, what it forgot, and what it has seen of the target's test fold. */
import { createHash } from "node:crypto";
import { startingSource } from "@tessera/domain/configuration/training";
import { logBeginning } from "@tessera/store/logs";
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import { describePairs } from "../duplicates/describePairs.ts";
import { importedWeightsId, startingRuns, startOf } from "./chain.ts";
import { hopGain, startKey } from "./gains.ts";
import { type HopOverlap, hopOverlap } from "./hopOverlap.ts";
import type { Lineage, LineageEdge } from "./lineage.type.ts";
import type { LineageNode } from "./lineageNode.type.ts";

const mostPairs = 50;
/** As src/training/startingWeights.ts logs it. */
const reportWords = "Report of the starting weights";

export async function lineageOf(context: Context, target: Run): Promise<Lineage> {
  const hops = (await startingRuns(context.loaders, target.startingRunId)).reverse();
  const runs = [...hops, target];
  const beginning = await beginningOf(context, runs[0]!);
  const nodes = [beginning, ...(await Promise.all(runs.map((run) => nodeOf(context, run, target))))];
  const edges = await Promise.all(runs.map((run, i) => edgeOf(context, nodes[i]!.id, run)));
  return { nodes, edges, blocked: nodes.some(({ overlap }) => (overlap?.count ?? 0) > 0) };
}

const nothing = { run: null, weights: null, validationScore: null, gain: null, forgetting: [], overlap: null };

async function beginningOf({ loaders }: Context, first: Run): Promise<LineageNode> {
  const weightsId = importedWeightsId(first);
  const weights = weightsId === null ? null : await loaders.weights.load(weightsId);
  if (weights) return { ...nothing, id: weights.id, kind: "imported", weights };
  const kind = startOf(first)?.kind === "random" ? "random" : "unknown";
  return { ...nothing, id: idFrom(`start of ${first.id}`), kind };
}

/** The same text gives the same id. */
function idFrom(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function nodeOf(context: Context, run: Run, target: Run): Promise<LineageNode> {
  const { loaders } = context;
  const node = { ...nothing, id: run.id, kind: "run" as const, run };
  const checkpoints = await loaders.checkpoints.load(run.id);
  const validationScore = checkpoints.findLast(({ kind }) => kind === "best")?.validationScore ?? null;
  if (run === target) return { ...node, validationScore };
  const [gain, overlap, inspections] = await Promise.all([
    hopGain(context, target, {
      ...{ run, before: startKey(startOf(run)) },
      after: target.startingRunId === run.id ? startKey(startOf(target)) : `run ${run.id}`,
    }),
    target.splitId === null ? null : hopOverlap(context, run, target.splitId),
    loaders.inspections("forgetting").load(run.id),
  ]);
  const forgetting = inspections.filter(({ request }) => request.earlierRunId === run.id);
  const seen = overlap && (await describedOverlap(context, overlap));
  return { ...node, validationScore, gain, forgetting, overlap: seen };
}

export async function describedOverlap(context: Context, { pairs, unhashed }: HopOverlap) {
  return { count: pairs.length, unhashed, pairs: await describePairs(context, pairs.slice(0, mostPairs), {}) };
}

async function edgeOf({ asTeam, teamId }: Context, from: string, run: Run): Promise<LineageEdge> {
  const starting = startOf(run);
  const part = starting && "part" in starting ? starting : null;
  const told = part !== null && startingSource(starting!) !== null;
  return {
    from,
    to: run.id,
    part: part?.part ?? null,
    blocks: part?.blocks ?? null,
    statisticsOnly: starting?.kind === "statistics",
    report: told ? await asTeam((sql) => logBeginning(sql, teamId, run.id, reportWords)) : null,
  };
}
