/** @file What a chart of curves draws. */
import type { ArmLook } from "@/lib/arms";
import type { BandPoint } from "./armBands.ts";

export interface Curve {
  readonly name: string;
  readonly look: Pick<ArmLook, "color" | "dash">;
  readonly points: readonly BandPoint[];
}

export interface Axis {
  readonly name: string;
  /** Steps per unit of the axis: 1 for steps, steps per epoch for epochs. */
  readonly unit: number;
}

/** A value that is named across the chart, as chance. */
export interface Level {
  readonly name: string;
  readonly value: number;
}

/** A point that is told apart on a curve, as where it reaches a target. */
export interface Mark {
  readonly step: number;
  readonly value: number;
  readonly look: Pick<ArmLook, "color" | "marker">;
}
