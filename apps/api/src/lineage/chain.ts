/** @file The chain of runs whose weights went into a run, from the one it starts from back to the first. */
import { type StartingWeights, startingSource } from "@tessera/domain/configuration/training";
import type { Run } from "@tessera/store/runs";
import type { Loaders } from "../loaders.ts";

/** A run starts from runs that were there before it, so a chain ends; this many hops are more than anybody trains. */
const most = 50;

export async function startingRuns(loaders: Loaders, startingRunId: string | null): Promise<Run[]> {
  const chain: Run[] = [];
  for (let id = startingRunId; id !== null && chain.length < most; ) {
    const run: Run | null = await loaders.run.load(id);
    if (run === null) break;
    chain.push(run);
    id = run.startingRunId;
  }
  return chain;
}

/** Of a run that Tessera trained; null: a foreign run, which tells none. */
export function startOf({ source, configuration }: Pick<Run, "source" | "configuration">): StartingWeights | null {
  const starting = configuration.startingWeights as StartingWeights | undefined;
  return source === "foreign" || starting === undefined ? null : starting;
}

export function importedWeightsId(run: Pick<Run, "source" | "configuration">): string | null {
  const starting = startOf(run);
  const from = starting === null ? null : startingSource(starting);
  return from?.kind === "imported" ? from.weightsId : null;
}
