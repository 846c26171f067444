/**
 * @file The catalogue of segmentation metrics: each with its unit, its direction, and the convention that is printed beside it.
 *
 * Where one mask is empty and the other is not, no metric is undefined that would have been bad: leaving such items out would
 * reward a model that predicts nothing. Where both are empty every metric is undefined.
 */
import type { SurfaceDistances } from "@tessera/domain/measures";
import { defaultConvention, diceOfCounts, iouOfCounts, precisionOfCounts, sensitivityOfCounts } from "../dice.ts";
import { type Contiguity, contiguity } from "./contiguity.ts";
import { equivalentError } from "./equivalentError.ts";
import type { ClassCounts, ItemFacts } from "./itemFacts.ts";
import { lesionScores } from "./lesions.ts";

export interface SegmentationMetric {
  readonly name: string;
  readonly label: string;
  /** Null for a share or a ratio. */
  readonly unit: string | null;
  readonly higherIsBetter: boolean;
  readonly convention: string;
  /** Of one class of one item; null where the convention leaves it undefined. */
  of(facts: ItemFacts): number | null;
  /** The same of its counts alone; null where they are not enough, and the masks must be measured. */
  readonly fromCounts: ((counts: ClassCounts) => number | null) | null;
}

type Catalogued = Omit<SegmentationMetric, "fromCounts">;

/** Of facts that several metrics share: computed once for as long as they are in use. */
function once<Found>(compute: (facts: ItemFacts) => Found): (facts: ItemFacts) => Found {
  const known = new WeakMap<ItemFacts, Found>();
  return (facts) => {
    const found = known.get(facts) ?? compute(facts);
    known.set(facts, found);
    return found;
  };
}

const piecesOf = once(({ truth, prediction }) => contiguity(truth.topology, prediction));
const lesionsOf = once(({ truth, prediction }) => lesionScores(truth.topology, prediction));

const base = defaultConvention.text;
const oneEmptyIs = (value: string) => `${base}, one empty = ${value}`;
const onOutlines = "outline pixels have a side in common with the background or the border";

type FromCounts = Omit<SegmentationMetric, "of"> & { fromCounts: (counts: ClassCounts) => number | null };

const overlap: FromCounts[] = [
  {
    name: "dice",
    label: "Dice",
    unit: null,
    higherIsBetter: true,
    convention: base,
    fromCounts: (counts) => diceOfCounts(counts),
  },
  {
    name: "iou",
    label: "IoU",
    unit: null,
    higherIsBetter: true,
    convention: base,
    fromCounts: (counts) => iouOfCounts(counts),
  },
  {
    name: "precision",
    label: "Precision",
    unit: null,
    higherIsBetter: true,
    convention: `${base}, empty prediction = 0`,
    fromCounts: (counts) => precisionOfCounts(counts) ?? 0,
  },
  {
    name: "sensitivity",
    label: "Sensitivity",
    unit: null,
    higherIsBetter: true,
    convention: `${base}, empty truth = undefined`,
    fromCounts: (counts) => sensitivityOfCounts(counts),
  },
  {
    name: "volumeError",
    label: "Size error",
    unit: null,
    higherIsBetter: false,
    convention: `${base}, empty truth = undefined; |predicted - true pixels| / true pixels`,
    fromCounts: ({ truePositives, falsePositives, falseNegatives }) =>
      truePositives + falseNegatives === 0
        ? null
        : Math.abs(falsePositives - falseNegatives) / (truePositives + falseNegatives),
  },
];

const boundary: Catalogued[] = [
  {
    name: "equivalentError",
    label: "Equivalent error",
    unit: "px",
    higherIsBetter: false,
    convention: `${base}, empty truth = undefined; the error of the truth's outline that costs this Dice`,
    of: ({ truth, counts }) => equivalentError(truth.errorCurves, counts)?.pixels ?? null,
  },
];

type Unit = "px" | "mm";
const distancesIn = (unit: Unit, { prediction }: ItemFacts): SurfaceDistances | null =>
  unit === "px" ? prediction.distances : prediction.distancesMm;

/** Of the square, from corner to corner; null where it has no length in mm. */
function diagonal(unit: Unit, { width, height, spacing }: ItemFacts): number | null {
  if (unit === "px") return Math.hypot(width, height);
  return spacing && Math.hypot(width * spacing.x, height * spacing.y);
}

const distance = (which: "hd" | "hd95" | "assd", unit: Unit, label: string, what: string): Catalogued => ({
  name: unit === "px" ? which : `${which}Mm`,
  label: unit === "px" ? label : `${label} in mm`,
  unit,
  higherIsBetter: false,
  convention: `${oneEmptyIs("the image's diagonal")}; ${what}, ${onOutlines}${unit === "mm" ? "; no pixel spacing = undefined" : ""}`,
  of: (facts) => distancesIn(unit, facts)?.[which] ?? diagonal(unit, facts),
});

const distances: Catalogued[] = (["px", "mm"] as const).flatMap((unit) => [
  distance("hd95", unit, "HD95", "the larger of the two directed 95th percentiles"),
  distance("assd", unit, "ASSD", "mean over the outline pixels of both"),
]);

const surfaceDice: Catalogued[] = [1, 2, 3].map((tolerance, i) => ({
  name: `nsd${tolerance}`,
  label: `NSD at ${tolerance} px`,
  unit: null,
  higherIsBetter: true,
  convention: `${oneEmptyIs("0")}; share of outline pixels within ${tolerance} px, ${onOutlines}`,
  of: ({ prediction }) => prediction.distances.nsd[i] ?? 0,
}));

const lesions: Catalogued[] = [
  {
    name: "lesionF1",
    label: "Lesion F1",
    unit: null,
    higherIsBetter: true,
    convention: `${oneEmptyIs("0")}; a lesion is an 8-connected piece, found where one pixel is shared`,
    of: (facts) => lesionsOf(facts).f1,
  },
  {
    name: "lesionDice",
    label: "Lesion Dice",
    unit: null,
    higherIsBetter: true,
    convention: `${oneEmptyIs("0")}; mean over true lesions of the Dice with all predicted pieces on it, missed = 0`,
    of: (facts) => lesionsOf(facts).meanDice,
  },
];

const contiguous = (
  name: string,
  label: string,
  what: string,
  score: (found: Contiguity) => number,
  higherIsBetter = false,
): Catalogued => ({
  name,
  label,
  unit: null,
  higherIsBetter,
  convention: `${base}; ${what}`,
  of: (facts) => score(piecesOf(facts)),
});

const pieces: Catalogued[] = [
  contiguous(
    "largestShare",
    "Largest piece",
    "share of the predicted pixels in the largest piece, empty prediction = 0",
    (found) => found.largestShare ?? 0,
    true,
  ),
  contiguous("specks", "Specks", "pieces with less than 5 % of the predicted pixels", (found) => found.specks),
  contiguous(
    "falsePieces",
    "False pieces",
    "predicted pieces without a pixel of the truth",
    (found) => found.falsePieces,
  ),
  contiguous("holes", "Holes", "background that does not reach the border, 4-connected", (found) => found.holes),
  contiguous("pieceExcess", "Piece count error", "|predicted - true pieces|, 8-connected", (found) =>
    Math.abs(found.pieces - found.truthPieces),
  ),
];

/** In the order of the table. */
export const segmentationMetrics: readonly SegmentationMetric[] = [
  ...overlap.map((metric) => {
    const fromCounts = (counts: ClassCounts) => (isNothing(counts) ? null : metric.fromCounts(counts));
    return { ...metric, fromCounts, of: (facts: ItemFacts) => fromCounts(facts.counts) };
  }),
  ...[...boundary, ...distances, ...surfaceDice, ...lesions, ...pieces].map((metric) => ({
    ...metric,
    fromCounts: null,
    of: (facts: ItemFacts) => (isNothing(facts.counts) ? null : metric.of(facts)),
  })),
];

/** Neither truth nor prediction has a pixel. */
const isNothing = (counts: ClassCounts) => counts.truePositives + counts.falsePositives + counts.falseNegatives === 0;
