/** @file Where a run's weights start, as a configuration states it. The api decides what is allowed. */
export type WeightsSource =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "imported"; readonly weightsId: string };

export const parts = ["encoder", "all", "firstBlocks"] as const;

export interface Part {
  readonly part: (typeof parts)[number];
  /** Of firstBlocks: how many, the stem (or a U-Net's first level) as the first. */
  readonly blocks?: number | null;
}

export type StartingWeights =
  | { readonly kind: "random" }
  | (WeightsSource & Part)
  | ({ readonly kind: "statistics"; readonly of: WeightsSource } & Part);

/** What a person chooses first; the source and the part follow. */
export const starts = ["random", "run", "imported", "statisticsOfRun", "statisticsOfImported"] as const;
export type Start = (typeof starts)[number];

export const startText: Readonly<Record<Start, string>> = {
  random: "random",
  run: "from an earlier run",
  imported: "from imported weights",
  statisticsOfRun: "statistics of an earlier run",
  statisticsOfImported: "statistics of imported weights",
};

export function startOf(value: StartingWeights): Start {
  if (value.kind !== "statistics") return value.kind;
  return value.of.kind === "run" ? "statisticsOfRun" : "statisticsOfImported";
}

/** The kind of source that a start needs. */
export const sourceKind = (start: Start): WeightsSource["kind"] | null => {
  if (start === "random") return null;
  return start === "run" || start === "statisticsOfRun" ? "run" : "imported";
};

export function sourceOf(value: StartingWeights): WeightsSource | null {
  if (value.kind === "random") return null;
  return value.kind === "statistics" ? value.of : value;
}

export const sourceId = (source: WeightsSource): string => (source.kind === "run" ? source.runId : source.weightsId);

export const partOf = (value: StartingWeights): Part =>
  value.kind === "random" ? { part: "encoder" } : { part: value.part, ...blocksOf(value) };

/** Only the first blocks have a number of them. */
const blocksOf = ({ part, blocks }: Part): { blocks?: number | null } => (part === "firstBlocks" ? { blocks } : {});

/** The value of these choices; `id` "" where there is no source yet. */
export function startingWeights(start: Start, id: string, { part, blocks }: Part): StartingWeights {
  const kind = sourceKind(start);
  if (kind === null) return { kind: "random" };
  const source: WeightsSource = kind === "run" ? { kind, runId: id } : { kind, weightsId: id };
  const taken: Part = { part, ...blocksOf({ part, blocks }) };
  return start === kind ? { ...source, ...taken } : { kind: "statistics", of: source, ...taken };
}
