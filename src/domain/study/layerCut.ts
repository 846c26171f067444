/**
 * @file How many blocks must be transferred: the first k blocks of one source, for several k, as the arms of a transfer study, and
 * back from arms to the curve. The arms say it all, so that an experiment made elsewhere is recognised too.
 */

import type { Arm } from "../configuration/grid.ts";
import { withChanges } from "../configuration/grid.ts";
import { completeRun, parseRun, type RunConfiguration } from "../configuration/run.ts";
import { type StartingWeights, startingSource } from "../configuration/training.ts";
import { DomainError } from "../errors.ts";
import { sortedJson } from "../sortedJson.ts";
import { blocksOf } from "../weights/blocks.ts";

export type LayerCutSource = NonNullable<ReturnType<typeof startingSource>>;

export interface LayerCutChoices {
  /** What all arms share; its startingWeights are replaced. */
  readonly base: unknown;
  readonly source: LayerCutSource;
  /** How many blocks to transfer, from 1 to one less than all. Empty: every number. */
  readonly blocks: readonly number[];
  /** Whether there is an arm of the source's weight statistics alone. */
  readonly statistics: boolean;
}

/** As an arm of a transfer study. */
export interface LayerCutArm {
  readonly name: string;
  /** As a configuration has them. */
  readonly startingWeights: Record<string, unknown>;
}

export interface LayerCut {
  readonly source: LayerCutSource;
  /** Of the model, in order. */
  readonly blocks: readonly string[];
  /** By k, ascending: 0 is random, blocks.length the whole encoder. */
  readonly points: readonly { readonly k: number; readonly arm: string }[];
  /** The arm of the source's weight statistics; null: there is none. */
  readonly statistics: string | null;
}

/** Random first, then by k, the whole encoder, and the statistics last. @throws DomainError BAD_INPUT naming the field */
export function layerCutArms({ base, source, blocks, statistics }: LayerCutChoices): LayerCutArm[] {
  const names = blocksOfBase(base);
  const most = names.length - 1;
  const wrong = blocks.find((k) => !Number.isInteger(k) || k < 1 || k > most);
  if (wrong !== undefined || most < 1) {
    const message = `blocks: expected whole numbers from 1 to ${most}, got ${wrong ?? "a model of one block"}; this model has ${names.join(", ")}, and all of them are an arm anyway`;
    throw new DomainError("BAD_INPUT", message, { field: "blocks", blocks: names });
  }
  const cuts = blocks.length > 0 ? [...new Set(blocks)].sort((a, b) => a - b) : names.slice(1).map((_, i) => i + 1);
  return [
    { name: "random", startingWeights: { kind: "random" } },
    ...cuts.map((k) => ({
      name: `${k} of ${names.length} blocks`,
      startingWeights: { ...source, part: "firstBlocks", blocks: k },
    })),
    { name: `all ${names.length} blocks`, startingWeights: { ...source, part: "encoder" } },
    ...(statistics
      ? [{ name: "statistics only", startingWeights: { kind: "statistics", of: source, part: "encoder" } }]
      : []),
  ];
}

/** Of its model, in order. @throws DomainError BAD_INPUT that lists what is wrong with it */
export const blocksOfBase = (base: unknown): string[] => blocksOf(modelOf(base));

const modelOf = (base: unknown): RunConfiguration["model"] =>
  parseRun(completeRun({ ...(base as object), startingWeights: { kind: "random" } })).model;

/**
 * The curve that an experiment's arms are. Null where they differ in something else than starting weights, are from several sources,
 * or are not random weights, the whole encoder and at least one cut between them, each once.
 */
export function layerCutOf(arms: readonly Arm[], base: unknown): LayerCut | null {
  const read = arms.map((arm) => readArm(arm, base));
  const known = read.flatMap((each) => each ?? []);
  const [first] = known;
  if (!first || known.length < read.length || known.some(({ rest }) => rest !== first.rest)) return null;
  const sources = new Map(known.flatMap(({ source }) => (source === null ? [] : [[sortedJson(source), source]])));
  if (sources.size !== 1) return null;
  const blocks = blocksOf(first.model);
  const places = known.map(({ starting }) => placeOf(starting, blocks.length));
  const at = (place: number | "statistics") => known.filter((_, i) => places[i] === place);
  if (places.includes(null) || new Set(places).size !== places.length) return null;
  const points = places.flatMap((place, i) => (typeof place === "number" ? [{ k: place, arm: known[i]!.name }] : []));
  points.sort((a, b) => a.k - b.k);
  if (points[0]?.k !== 0 || points.at(-1)?.k !== blocks.length || points.length < 3) return null;
  const [source] = sources.values();
  return { source: source!, blocks, points, statistics: at("statistics")[0]?.name ?? null };
}

interface ReadArm {
  readonly name: string;
  readonly starting: StartingWeights;
  readonly source: LayerCutSource | null;
  readonly model: RunConfiguration["model"];
  /** All that the starting weights leave open of the configuration. */
  readonly rest: string;
}

function readArm(arm: Arm, base: unknown): ReadArm | null {
  try {
    const { startingWeights: starting, ...rest } = parseRun(withChanges(base, arm.changes));
    const from = startingSource(starting);
    const source =
      from &&
      (from.kind === "run" ? { kind: from.kind, runId: from.runId } : { kind: from.kind, weightsId: from.weightsId });
    return { name: arm.name, starting, source, model: rest.model, rest: sortedJson(rest) };
  } catch (error) {
    if (error instanceof DomainError) return null; // an arm of before a limit was set
    throw error;
  }
}

/** How many blocks an arm transfers; null: it is no point of a curve. */
function placeOf(starting: StartingWeights, blocks: number): number | "statistics" | null {
  if (starting.kind === "random") return 0;
  const whole = starting.part === "encoder" || (starting.part === "firstBlocks" && starting.blocks === blocks);
  if (starting.kind === "statistics") return whole ? "statistics" : null;
  if (whole) return blocks;
  return starting.part === "firstBlocks" ? starting.blocks! : null;
}
