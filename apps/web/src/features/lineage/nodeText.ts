/** @file What a hop of a chain says of itself, in short lines. */
import type { RunLineageQuery } from "@/gql/graphql";
import { count, isNumber, score, signed } from "@/lib/format";
import { scoreName } from "@/lib/scoreName";

export type Chain = NonNullable<RunLineageQuery["run"]>["lineage"];
export type ChainNode = Chain["nodes"][number];
export type ChainEdge = Chain["edges"][number];

export function nodeTitle({ kind, run, weights }: ChainNode): string {
  if (kind === "IMPORTED") return weights?.name ?? "imported weights";
  if (kind === "RANDOM") return "random weights";
  if (kind === "UNKNOWN" || !run) return "not told";
  return run.dataset?.name ?? run.name;
}

/** Below the title; at most four lines. */
export function nodeLines({ kind, run, weights, validationScore }: ChainNode): string[] {
  if (kind === "IMPORTED") return [weights?.source ?? ""];
  if (!run) return [];
  const { split, labelVersion } = run;
  return [
    `${run.arm || run.name}, seed ${run.seed}`,
    ...(labelVersion && split ? [`label version ${labelVersion.number} · ${split.name}`] : []),
    ...(split
      ? [`${count(split.trainItems)} train, ${count(split.validationItems)} val., ${count(split.testItems)} test`]
      : []),
    isNumber(validationScore)
      ? `${scoreName(run.configuration)} on validation ${score(validationScore)}`
      : run.state.toLowerCase(),
  ];
}

export function gainText({ gain }: ChainNode): string | null {
  if (!gain) return null;
  const { estimate, low, high } = gain.difference;
  const interval = isNumber(low) && isNumber(high) ? ` (${signed(low)} to ${signed(high)})` : "";
  return `${signed(estimate)} ${gain.metric}${interval}`;
}

export function edgeText({ part, blocks, statisticsOnly }: ChainEdge): string {
  if (part === null) return "";
  const what = part === "firstBlocks" ? `first ${blocks ?? "?"} blocks` : part === "all" ? "all weights" : part;
  return statisticsOnly ? `statistics of ${what}` : what;
}
