/** @file Whose evaluations are scored together: an experiment's runs, or any runs. */
import type { Fold } from "@/gql/graphql";

export type Source =
  | { readonly kind: "experiment"; readonly id: string }
  | { readonly kind: "runs"; readonly runIds: readonly string[] };

/** Stands where a query needs an id and asks for none. */
const noId = "00000000-0000-0000-0000-000000000000";

export const sourceVariables = (source: Source, fold: Fold) => ({
  experimentId: source.kind === "experiment" ? source.id : noId,
  runIds: source.kind === "runs" ? [...source.runIds] : [],
  ofRuns: source.kind === "runs",
  fold,
});

interface Answer<Set> {
  readonly experiment?: { readonly scoredSet?: Set | null } | null;
  readonly scoredSet?: Set;
}

/** Null: no run of it is scored on this fold yet. */
export const setOf = <Set>(answer: Answer<Set> | undefined): Set | null =>
  answer?.scoredSet ?? answer?.experiment?.scoredSet ?? null;
