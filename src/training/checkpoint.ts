/**
 * @file A checkpoint: weights, optimiser slots and the position in the data, in one safetensors file that continues a run exactly.
 *
 *   model/NAME       a weight or a batch-norm average, by its stable name
 *   average/NAME     its moving average over the updates, where the configuration asks for averaged weights
 *   optimizer/NAME   a slot of the optimiser
 *   __metadata__     {"format", "version", "state": JSON of CheckpointState, where validationScore is called validationDice}
 */
import { completeRun, type RunConfiguration } from "@tessera/domain/configuration/run";
import { DomainError } from "@tessera/domain/errors";
import { sortedJson } from "@tessera/domain/sortedJson";
import {
  type NamedTensor,
  readSafetensors,
  type TensorFile,
  writeSafetensors,
  writeSafetensorsInTurns,
} from "./safetensors.ts";

/** The best checkpoint so far. */
export interface Best {
  readonly step: number;
  readonly epoch: number;
  /** null only where it was undefined on the validation fold. */
  readonly validationScore: number | null;
  /** Where it decides between equal scores. */
  readonly validationLoss?: number;
  readonly sha256: string;
}

export interface CheckpointState {
  readonly configuration: RunConfiguration;
  readonly seed: number;
  /** Training items: another number would be another order. */
  readonly trainItems: number;
  /** Of the label schema. Absent: 1, as in checkpoints that are older than schemas of several. */
  readonly classes?: number;
  /** Of classification: an item has exactly one class. */
  readonly exclusive?: boolean;
  /** Optimiser steps done. */
  readonly step: number;
  /** Epochs done, their validation included. */
  readonly epoch: number;
  /** Sum of the losses of the steps of the epoch that is under way. */
  readonly epochLoss: number;
  /** Of the newest epoch done; null before the first, or where it was undefined. */
  readonly validationScore: number | null;
  readonly best: Best | null;
}

export interface Checkpoint {
  readonly state: CheckpointState;
  readonly weights: ReadonlyMap<string, NamedTensor>;
  readonly average?: ReadonlyMap<string, NamedTensor>;
  readonly optimizer: ReadonlyMap<string, NamedTensor>;
}

const format = "tessera-checkpoint";
const version = "1";

export const checkpointMediaType = "application/vnd.tessera.checkpoint+safetensors";

/** The weights by which a checkpoint is judged and from which others start: the averaged ones where there are any. */
export const scoredWeights = ({ weights, average }: Checkpoint): ReadonlyMap<string, NamedTensor> => average ?? weights;

export const writeCheckpoint = (checkpoint: Checkpoint): Uint8Array => writeSafetensors(fileOf(checkpoint));

/** As writeCheckpoint, with turns of the event loop between tensors. */
export const writeCheckpointInTurns = (checkpoint: Checkpoint): Promise<Uint8Array> =>
  writeSafetensorsInTurns(fileOf(checkpoint));

function fileOf({ state, weights, average, optimizer }: Checkpoint): TensorFile {
  const tensors = new Map<string, NamedTensor>();
  for (const [name, tensor] of weights) tensors.set(`model/${name}`, tensor);
  for (const [name, tensor] of average ?? []) tensors.set(`average/${name}`, tensor);
  for (const [name, tensor] of optimizer) tensors.set(`optimizer/${name}`, tensor);
  return { tensors, metadata: { format, version, state: JSON.stringify(state, toStoredName) } };
}

/** The name is older than tasks with another score; a checkpoint of then is read, and one of now is the same, byte for byte. */
const storedName = "validationDice";

const toStoredName = (_: string, value: unknown): unknown => renamed(value, "validationScore", storedName);
const fromStoredName = (_: string, value: unknown): unknown => renamed(value, storedName, "validationScore");

/** In its place: a run that was continued writes the same bytes. */
function renamed(value: unknown, from: string, to: string): unknown {
  if (typeof value !== "object" || value === null || !(from in value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key === from ? to : key, each]));
}

/** @throws DomainError BAD_FILE when it is not a checkpoint of ours, or of a newer version */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata.format !== format || metadata.version !== version || metadata.state === undefined) {
    throw new DomainError(
      "BAD_FILE",
      `Expected a checkpoint of format ${format} version ${version}, got ${metadata.format} ${metadata.version}`,
    );
  }
  const under = (prefix: string) =>
    new Map(
      [...tensors].flatMap(([name, tensor]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
      ),
    );
  const average = under("average/");
  return {
    state: JSON.parse(metadata.state, fromStoredName) as CheckpointState,
    weights: under("model/"),
    ...(average.size > 0 && { average }),
    optimizer: under("optimizer/"),
  };
}

/**
 * A run may only be continued by the same run: what decides its numbers must be equal. Fields that a configuration may leave
 * out are filled first: a checkpoint may be older than they are.
 * @throws DomainError CONFLICT naming what differs
 */
export function checkContinues(
  { state }: Checkpoint,
  now: Pick<CheckpointState, "configuration" | "seed" | "trainItems" | "classes" | "exclusive">,
): void {
  const complete = (values: typeof now) => ({
    ...values,
    configuration: completeRun(values.configuration),
    classes: values.classes ?? 1,
    exclusive: values.exclusive ?? false,
  });
  const [before, after] = [complete(state), complete(now)];
  for (const field of ["configuration", "seed", "trainItems", "classes", "exclusive"] as const) {
    const [was, is] = [sortedJson(before[field]), sortedJson(after[field])];
    if (was === is) continue;
    throw new DomainError(
      "CONFLICT",
      `The checkpoint was made with another ${field}: ${was}, now ${is}; start a new run instead of continuing this one`,
      { field },
    );
  }
}
