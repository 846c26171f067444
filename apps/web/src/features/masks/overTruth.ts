import type { MaskLayer } from "./drawMask.ts";

/**
 * The prediction, and over it the outline of the truth, where the two can be told apart: of several classes each has its own colour
 * already, and the truth is the picture beside.
 */
export const overTruth = (
  classes: readonly string[],
  prediction: readonly MaskLayer[],
  truth: readonly MaskLayer[],
): MaskLayer[] => (classes.length > 1 ? [...prediction] : [...prediction, ...truth]);
