/** @file A ROC curve as places on a drawing, and as a sentence. */
import { isNumber, score } from "@/lib/format";
import type { ClassScores, RocPoint } from "./model.ts";

type Maybe = number | null | undefined;
type Place = (value: number) => number;

/** "M… L…" from corner to corner: equal scores make a slope, as a tie counts half in AUC. */
export const rocPath = (points: readonly RocPoint[], x: Place, y: Place): string =>
  points
    .map(({ falsePositiveRate, sensitivity }, at) => `${at === 0 ? "M" : "L"}${x(falsePositiveRate)} ${y(sensitivity)}`)
    .join("");

/** The point whose place is nearest to a place on the drawing; null for no points. */
export function nearestPoint(
  points: readonly RocPoint[],
  place: { readonly x: number; readonly y: number },
  x: Place,
  y: Place,
): RocPoint | null {
  let nearest: RocPoint | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const away = Math.hypot(x(point.falsePositiveRate) - place.x, y(point.sensitivity) - place.y);
    if (away < least) [nearest, least] = [point, away];
  }
  return nearest;
}

/** "from 0.85": what is called present at a point. */
export const thresholdText = ({ threshold }: Pick<RocPoint, "threshold">): string =>
  isNumber(threshold) ? `from ${score(threshold)} on` : "nothing called present";

/** A score with its interval over items, where there is one. */
export const withInterval = (value: Maybe, low: Maybe, high: Maybe): string =>
  score(value) + (isNumber(low) && isNumber(high) ? ` (${score(low)} to ${score(high)})` : "");

export const aucText = ({ auc, aucLow, aucHigh }: ClassScores): string => withInterval(auc, aucLow, aucHigh);

/** What the drawing shows, for those who do not see it. */
export function rocLabel(shown: ClassScores, specificity: number): string {
  const { name, n, positives, roc, atSpecificity } = shown;
  const items = `${name}: ${positives} of ${n} items present`;
  if (!roc) return `No ROC curve of ${items}: it needs items with and without.`;
  const at = atSpecificity
    ? ` Sensitivity ${score(atSpecificity.sensitivity)} at a specificity of ${specificity} or more.`
    : "";
  return `ROC curve of ${items}. AUC ${aucText(shown)}; chance 0.5.${at}`;
}
