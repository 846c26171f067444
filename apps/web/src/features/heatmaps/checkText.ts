/** @file What the checks of a method say, in words and in the numbers that are drawn. */
import type { GuardVerdict, HeatmapMethod, HeatmapsAnswerQuery, SimilarityMeasure } from "@/gql/graphql";
import { isNumber, plural } from "@/lib/format";

export type Answer = NonNullable<NonNullable<HeatmapsAnswerQuery["inspection"]>["heatmaps"]>;
export type Checks = Answer["methods"][number];
export type ShownItem = Answer["items"][number];
type Check = NonNullable<Checks["weights"]>;
type Left = Check["left"][number];

/** As src/analysis/explanations/verdict.ts has them: drawn as lines. */
export const mostlyLeft = 0.5;
export const allLeft = 0.8;

export const methodName: Readonly<Record<HeatmapMethod, string>> = {
  GRAD_CAM: "Grad-CAM",
  INTEGRATED_GRADIENTS: "integrated gradients",
  OCCLUSION: "occlusion",
};

export const measures = ["SIGNED", "MAGNITUDE", "STRUCTURE"] as const satisfies readonly SimilarityMeasure[];

export const measureName: Readonly<Record<SimilarityMeasure, string>> = {
  SIGNED: "rank correlation",
  MAGNITUDE: "rank correlation of strength",
  STRUCTURE: "SSIM",
};

export const fieldOf = { SIGNED: "signed", MAGNITUDE: "magnitude", STRUCTURE: "structure" } as const;

export const verdictStamp: Readonly<Record<GuardVerdict, string>> = {
  PASSES: "depends on the model",
  PARTLY: "depends on the model in part",
  INDEPENDENT: "does not depend on the model",
  UNDECIDED: "undecided",
};

const two = (value: number) => value.toFixed(2).replace("-", "−");
const share = (value: number) => `${Math.round(100 * value)} %`.replace("-", "−");

/** The measure by which most is left. */
const worst = (left: readonly Left[]): Left =>
  left.reduce((most, each) => (each.estimate > most.estimate ? each : most));

/** How a verdict's sentence names the maps. */
export interface MapWords {
  readonly name: string;
  /** Whose the map is where it is not the model's: "the image's". */
  readonly whose: string;
  /** What such a map tells of: "the image". */
  readonly of: string;
  /** Why a map may show nothing. */
  readonly blank: string;
}

type Guarded = Pick<Checks, "verdict" | "weights" | "labels" | "blank" | "items">;

/** One sentence for the verdict of a kind of map, with the number that decides it. */
export function guardText({ verdict, weights, labels, blank, items }: Guarded, words: MapWords): string {
  if (!weights || !labels) {
    return `Undecided: of ${plural(items + blank, "item")} only ${items} have a map of ${words.name} that shows something. ${words.blank}`;
  }
  const [byWeights, byLabels] = [worst(weights.left), worst(labels.left)];
  const random = `with random weights ${share(byWeights.estimate)} of a map is left (${measureName[byWeights.measure]})`;
  const permuted = `with labels that mean nothing ${share(byLabels.estimate)} (${measureName[byLabels.measure]})`;
  if (verdict === "INDEPENDENT") {
    const which = weights.verdict === "INDEPENDENT" ? random : permuted;
    return `Nearly the same map comes from a model that has learnt nothing: ${which}. It tells of ${words.of}, and nothing of what the model learnt.`;
  }
  if (verdict === "PARTLY") {
    return `Half of a map or more may be ${words.whose} alone: ${random}, ${permuted}. Read its sign and place with care, its strength not at all.`;
  }
  if (verdict === "UNDECIDED") return `Too few draws or items for a verdict: ${random}, ${permuted}.`;
  return `Most of a map goes with what the model learnt: ${random}, ${permuted}. That does not make it right; see the localisation.`;
}

export const verdictText = (checks: Checks): string =>
  guardText(checks, {
    ...{ name: methodName[checks.method], whose: "the image's", of: "the image" },
    blank: "A last block of 1 × 1 pixels, as of a small image, has no place to show.",
  });

/** What is left beyond chance: 1 for the same map, 0 for what any two maps share. */
export const leftOf = (similarity: number, chance: number): number => (similarity - chance) / (1 - chance);

/** The cascade as lines: a value per block and measure. */
export const cascadeLines = ({ cascade }: Pick<Checks, "cascade">) =>
  measures
    .map((measure) => ({
      measure,
      values: cascade.flatMap(({ similarity, chance }) => {
        const [s, c] = [similarity[fieldOf[measure]], chance[fieldOf[measure]]];
        return isNumber(s) && isNumber(c) ? [leftOf(s, c)] : [];
      }),
    }))
    .filter(({ values }) => values.length > 0 || cascade.length === 0);

export const intervalText = ({ low, high }: { readonly low: number | null; readonly high: number | null }): string =>
  isNumber(low) && isNumber(high) ? `${two(low)} to ${two(high)}` : "no interval from one value";

/** For who does not see the drawing. */
export const cascadeLabel = (checks: Pick<Checks, "cascade">): string => {
  const lines = cascadeLines(checks).map(
    ({ measure, values }) => `${measureName[measure]} ${values.map(two).join(", ")}`,
  );
  const blocks = checks.cascade.map(({ block }) => block).join(", ");
  return `Share of the map left when blocks are made random from the head downwards (${blocks}): ${lines.join("; ")}`;
};

type Localisation = NonNullable<Checks["localisation"]>;

export function localisationText({ items, overEdgeDetector, overCentrePrior }: Localisation): string {
  const word = (over: Localisation["overEdgeDetector"], what: string) => {
    if (!isNumber(over.low) || !isNumber(over.high)) return `not comparable with ${what} on one item`;
    if (over.low > 0) return `better than ${what} (+${two(over.mean)}, ${intervalText(over)})`;
    if (over.high < 0) return `worse than ${what} (${two(over.mean)}, ${intervalText(over)})`;
    return `not told apart from ${what} (${over.mean > 0 ? "+" : ""}${two(over.mean)}, ${intervalText(over)})`;
  };
  return `On ${plural(items, "item")}: ${word(overEdgeDetector, "an edge detector")}, ${word(overCentrePrior, "nearness to the middle")}.`;
}

/** What the label-randomised model is, and whether it learnt its labels. */
export function labelModelText({ runId, steps, accuracy, chance }: Answer["labelRandomised"]): string {
  if (runId !== null) return "The label-randomised model is another run, as whoever asked says.";
  const learnt = isNumber(accuracy) ? `${(100 * accuracy).toFixed(0)} %` : "unknown";
  const guess = isNumber(chance) ? `${(100 * chance).toFixed(0)} %` : "unknown";
  return `The label-randomised model was trained from the run's start for ${plural(steps ?? 0, "step")} on permuted labels, of which it learnt ${learnt} (the most frequent answer: ${guess}).`;
}

interface Request {
  readonly choice: string;
  readonly itemIds: readonly string[];
  readonly count: number;
  readonly classIndex?: number;
  readonly methods: readonly string[];
  readonly baseline: string;
}

/** "6 surest right · of the predicted class · 3 methods · mean colour". */
export function askedText(request: Record<string, unknown>, classes: readonly string[]): string {
  const { choice, itemIds, count, classIndex, methods, baseline } = request as unknown as Request;
  const which =
    choice === "named"
      ? plural(itemIds.length, "named item")
      : `${count} ${choice === "confidentRight" ? "surest right" : "surest wrong"}`;
  const what = classIndex === undefined ? "the predicted class" : (classes[classIndex] ?? `class ${classIndex}`);
  return `${which} · ${what} · ${plural(methods.length, "method")} · baseline ${baseline === "mean" ? "mean colour" : "black"}`;
}
