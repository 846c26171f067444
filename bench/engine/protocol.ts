/** @file What the bench asks of a child, and what it answers: one line of JSON each, one at a time. peer.py speaks it too. */
import type { Case } from "./cases.ts";
import type { DataFiles } from "./data.ts";

export interface Prepare {
  readonly do: "prepare";
  readonly case: Case;
  readonly data: DataFiles;
  /** A safetensors file of starting weights: ours writes it, the peer reads it. */
  readonly weights: string;
  readonly threads: number;
  /** Of the peer. */
  readonly layout?: "NCHW" | "channels_last";
  readonly compiled?: boolean;
  readonly fusedAdam?: boolean;
}

export interface Run {
  readonly do: "run";
  readonly steps: number;
}

/** Ours only: as `run`, while the delay of the event loop is measured. */
export interface MeasureDelay {
  readonly do: "measureDelay";
  readonly steps: number;
}

export type Request = Prepare | Run | MeasureDelay;

export interface Prepared {
  /** Weights that are trained. */
  readonly parameters: number;
}

/** Seconds, of the child's own clocks. */
export interface Moment {
  readonly wall: number;
  /** Of all threads of the process. */
  readonly cpu: number;
}

export interface Ran {
  /** One entry a step: from a batch in memory to its loss as a number. */
  readonly seconds: readonly number[];
  readonly losses: readonly number[];
  readonly start: Moment;
  readonly end: Moment;
}

export interface Delay {
  readonly meanMs: number;
  readonly worstMs: number;
  /** The same without the time in which the thread was ready and had no core, whatever else runs on the machine. */
  readonly worstHeldMs: number;
}
