/** @file The layer-cut study while it is being written, and the arithmetic on it. */
import { type StartingWeights, sourceOf } from "../startingWeights/startingWeights.ts";

/** Enough for a curve; more are a click each. */
const usual = 5;

/** The cuts that a model of so many blocks has: after the first block to before the last. */
export const possibleCuts = (blocks: number): number[] =>
  Array.from({ length: Math.max(0, blocks - 1) }, (_, i) => i + 1);

/** At most five of them, evenly spread, the first and the last among them. */
export function usualCuts(blocks: number): number[] {
  const all = possibleCuts(blocks);
  if (all.length <= usual) return all;
  return Array.from({ length: usual }, (_, i) => all[Math.round((i * (all.length - 1)) / (usual - 1))]!);
}

/** Until someone chooses, the usual ones; a model of fewer blocks takes some away. */
export const cutsOf = (chosen: readonly number[] | null, blocks: number): number[] =>
  chosen === null ? usualCuts(blocks) : possibleCuts(blocks).filter((k) => chosen.includes(k));

/** Random weights, each cut, the whole encoder, and the statistics where they are asked for. */
export const armCount = (cuts: readonly number[], statistics: boolean): number =>
  cuts.length + 2 + (statistics ? 1 : 0);

/** "4 cuts, random, the whole encoder, statistics" */
export const armsText = (cuts: readonly number[], statistics: boolean): string =>
  [
    `${cuts.length} ${cuts.length === 1 ? "cut" : "cuts"}`,
    "random",
    "the whole",
    ...(statistics ? ["statistics"] : []),
  ].join(", ");

/** As the mutation takes the source; null while none is chosen. */
export function sourceInput(weights: StartingWeights): { runId: string } | { weightsId: string } | null {
  const source = sourceOf(weights);
  if (source === null) return null;
  if (source.kind === "run") return source.runId === "" ? null : { runId: source.runId };
  return source.weightsId === "" ? null : { weightsId: source.weightsId };
}
