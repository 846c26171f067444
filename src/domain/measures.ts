/**
 * @file What is measured of a mask once and kept: raw facts from which scores are derived later, without its pixels.
 *
 * A truth is profiled once per label version and size; a prediction is measured once per evaluation, item and class. Lists are
 * numbered from 0 in reading order of their first pixel. All pixels are those of the square that the evaluation was scored at.
 */

/** Raised when a measurement changes its meaning: older rows are then measured anew, and kept. */
export const measuresVersion = 1;

/**
 * Pieces (8-connected foreground) and holes (4-connected background that does not reach the image's border), one in another:
 * a hole belongs to the piece around it, a piece may lie in a hole.
 */
export interface Topology {
  /** Pixels of each piece. */
  readonly pieces: readonly number[];
  /** For each piece the hole that it lies in; -1: in none. */
  readonly inHole: readonly number[];
  /** Pixels of each hole, without the pieces that lie in it. */
  readonly holes: readonly number[];
  /** For each hole the piece around it. */
  readonly ofPiece: readonly number[];
}

/** Dice between a truth and itself with a known error of e pixels, six digits; 1 at e = 0, never rising. */
export interface ErrorCurves {
  /** Errors in pixels, rising, from 0 to the first from which no curve falls any further (or the image's longer side). */
  readonly errors: readonly number[];
  /** Outline moved inwards by e (Euclidean). The image's border is no outline. */
  readonly eroded: readonly number[];
  /** Outline moved outwards by e (Euclidean). */
  readonly dilated: readonly number[];
  /** Moved by e along an axis, the mean of left, right, up and down: the lowest for errors up to e. */
  readonly shifted: readonly number[];
}

/** Distances between two outlines, in the unit given beside them; null where one of the masks is empty. */
export interface SurfaceDistances {
  /** Largest distance of either outline to the other (Hausdorff). */
  readonly hd: number | null;
  /** The larger of the two directed 95th percentiles. */
  readonly hd95: number | null;
  /** Mean over all outline pixels of both. */
  readonly assd: number | null;
  /** Share of all outline pixels of both within the tolerance, per `nsdTolerances`. */
  readonly nsd: readonly (number | null)[];
}

/** Pixels, or mm for the distances in mm. */
export const nsdTolerances = [1, 2, 3] as const;

export const placements = ["inside", "near", "far"] as const;
/** Where pixels are dropped: inside the truth (missed), outside within 2 pixels of it, or outside as far off as can be. */
export type Placement = (typeof placements)[number];

/** Scores of a truth against itself with some pixels wrong, drawn at random by a seed. */
export interface DroppedPixels {
  readonly placement: Placement;
  /** Wrong pixels as a share of the truth's pixels. */
  readonly share: number;
  readonly pixels: number;
  readonly dice: number;
  readonly hd95: number | null;
  readonly assd: number | null;
  /** At a tolerance of one pixel. */
  readonly nsd: number | null;
}

export interface TruthProfile {
  readonly pixels: number;
  readonly topology: Topology;
  /** null for a truth without a pixel. */
  readonly errorCurves: ErrorCurves | null;
  /** Without the placements and shares for which there is no room. */
  readonly dropped: readonly DroppedPixels[];
  /** Dice between every two readers' opinions on the item, where there are several; null: both empty. */
  readonly readers: readonly { readonly a: string; readonly b: string; readonly dice: number | null }[];
}

export interface PredictionMeasures {
  readonly topology: Topology;
  /** Pixels that a truth's and a prediction's piece share: [truth piece, predicted piece, pixels]. */
  readonly overlaps: readonly (readonly [number, number, number])[];
  /** For each of the prediction's holes: how many of its pixels are truth. */
  readonly holeTruth: readonly number[];
  /** In pixels of the square. */
  readonly distances: SurfaceDistances;
  /** In millimetres, where the item has a pixel spacing. */
  readonly distancesMm: SurfaceDistances | null;
}

/**
 * Counts at other thresholds: of pixels with probability >= each of `thresholds`, those in the truth and those outside it.
 * With the item's totals they give all four counts.
 */
export interface ThresholdCounts {
  readonly thresholds: readonly number[];
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
}

/** 0.05, 0.10, … 0.95 */
export const countedThresholds: readonly number[] = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
