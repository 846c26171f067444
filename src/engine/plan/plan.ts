/**
 * @file plan(): how much memory a process will need at most for a model and its steps, before anything large is allocated.
 *
 * Model and steps are run on shapes alone (dryRun.ts), which takes no memory and a fraction of a second. The model of memory
 * and what it was measured against are in docs/decisions/0018-memory-plan.md; `npm run bench -- memory` repeats the measurement.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import { BOOL, FLOAT, INT32 } from "../dataTypes.ts";
import { EngineError } from "../errors.ts";
import { opDef } from "../graph/opDef.ts";
import { flatten } from "../graph/structure.ts";
import type { TfjsEngine } from "../tfjsInternals.ts";
import { Buffers, tensorBytes } from "./buffers.ts";
import { compiledPeak } from "./compiled.ts";
import { DryRun, type MemoryEvent } from "./dryRun.ts";

export interface PlannedStep {
  /** What is given to compile(), or the compiled step itself. */
  readonly step: (...inputs: never[]) => unknown;
  /** Of the largest inputs that it will be called with. */
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: "float32" | "int32" | "bool" }[];
}

export interface PlanOptions {
  /** Resident bytes of the process before the model is made. Default: what this process holds now. */
  readonly baseBytes?: number;
  /** What else the process will hold in its own memory: decoded items, batches made ahead. Default 0. */
  readonly hostBytes?: number;
}

export interface MemoryPlan {
  /** The highest resident memory of the process, at most: base, host and steps, with room for what is not counted. */
  readonly peakBytes: number;
  readonly baseBytes: number;
  /** Weights, averages and optimiser slots, as a checkpoint has them. */
  readonly stateBytes: number;
  /** TensorFlow's buffers while a step runs, the state among them. */
  readonly stepBytes: number;
  /** JavaScript's arrays: the state while checkpoints are written, inputs, constants. */
  readonly hostBytes: number;
}

/** Code pages that the first steps touch, compiled functions, JavaScript's heap, tensors below 256 KiB. */
const allowance = 128 * 2 ** 20;

/** TensorFlow gives a freed block of up to twice the size asked for, and blocks that fit nothing remain between others. */
const fragmentation = 1.2;

interface Played {
  /** The step's events. */
  readonly events: readonly MemoryEvent[];
  /** How many events there were when the step, its inputs and its results were gone. */
  readonly end: number;
  /** Ids of what it returned and of the variables' new values. */
  readonly roots: readonly number[];
  readonly inputBytes: number;
}

/**
 * @param build makes model, optimiser and steps anew, and touches nothing that was made outside; called once, at once.
 * @throws EngineError SHAPE_UNKNOWN, READ_IN_STEP, BAD_ARGUMENT (a variable from outside is assigned), or OPERATION_FAILED
 *   where shapes do not fit.
 */
export function plan(build: () => readonly PlannedStep[], options: PlanOptions = {}): MemoryPlan {
  const { baseBytes = process.memoryUsage.rss(), hostBytes: otherBytes = 0 } = options;
  const { binding } = nodeBackend();
  const dry = new DryRun(binding);
  const played = dry.run(() => build().map((step) => play(dry, step)));

  const isStateful = (op: string) => opDef(binding, op).stateful;
  const stateBytes = heldBetween(dry.events, played);
  const stepBytes = Math.max(
    0,
    ...played.map(({ events, roots, inputBytes }) => stateBytes + inputBytes + compiledPeak(events, roots, isStateful)),
  );
  const inputBytes = Math.max(0, ...played.map((step) => step.inputBytes));
  // A checkpoint is read, then written as one file, and an epoch's end makes two; a batch is made while another is used and a third
  // waits to be collected; a constant is in the record, in the function's definition, and in the function.
  const hostBytes = 4 * stateBytes + 3 * inputBytes + 3 * constantBytes(played) + otherBytes;
  const peakBytes = Math.ceil(baseBytes + allowance + hostBytes + fragmentation * stepBytes);
  return { peakBytes, baseBytes, stateBytes, stepBytes, hostBytes };
}

/** Runs one step on shapes. */
function play(dry: DryRun, { step, inputs }: PlannedStep): Played {
  const types = { float32: FLOAT, int32: INT32, bool: BOOL } as const;
  const tensors = inputs.map(({ shape, dtype }) => dry.input(shape, types[dtype]));
  const variables = () => Object.values((tf.engine() as unknown as TfjsEngine).registeredVariables);
  const before = new Map(variables().map((variable) => [variable, dry.idOf(variable)]));
  const start = dry.events.length;
  const results: tf.Tensor[] = [];
  const returned = tf.tidy(() => {
    flatten((step as (...all: tf.Tensor[]) => unknown)(...tensors), results, refusePromise);
    return results;
  });
  const events = dry.events.slice(start);
  const assigned = variables().map((variable) => [before.get(variable), dry.idOf(variable)] as const);
  const changed = assigned.flatMap(([was, is]) => (was === is ? [] : [is]));
  const roots = [...returned.map((tensor) => dry.idOf(tensor)), ...changed];
  tf.dispose([...returned, ...tensors]);
  const inputBytes = inputs.reduce((sum, { shape, dtype }) => sum + tensorBytes({ shape, dtype: types[dtype] }), 0);
  return { events, end: dry.events.length, roots, inputBytes };
}

/** The most that TensorFlow holds between steps. */
function heldBetween(events: readonly MemoryEvent[], played: readonly Played[]): number {
  const ends = new Set(played.map(({ end }) => end));
  const buffers = new Buffers();
  let most = 0;
  events.forEach((event, i) => {
    buffers.apply(event);
    if (ends.has(i + 1)) most = Math.max(most, buffers.held);
  });
  return most;
}

const constantBytes = (played: readonly Played[]): number =>
  played
    .flatMap(({ events }) => events)
    .reduce((sum, event) => sum + (event.kind === "made" && event.constant ? tensorBytes(event.tensor) : 0), 0);

function refusePromise(value: object): void {
  if (!("then" in value)) return;
  throw new EngineError("PROMISE_IN_STEP", "plan: the step returned a promise; give the step itself, not its .async()");
}
