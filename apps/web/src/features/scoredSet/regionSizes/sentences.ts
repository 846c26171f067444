/** @file What the board of region sizes shows, in sentences. */
import { isNumber, percent, plural, score } from "@/lib/format";
import { type DroppedCurve, errorText, filledStrata, type SizeBoard, type SizeStratum } from "./sizes.ts";

const named = (stratum: SizeStratum) => `${stratum.label} of the image (n = ${stratum.items})`;

/** From the smallest regions to the largest: what one pixel costs there, and whether the arms draw worse or are only judged harder. */
export function sizeSentences(board: SizeBoard): string[] {
  const strata = filledStrata(board).filter((stratum) => isNumber(stratum.onePixelDice));
  const [small, large] = [strata[0], strata.at(-1)];
  if (!small) return [];
  const cost = (stratum: SizeStratum) => score(1 - (stratum.onePixelDice ?? 1));
  if (!large || small === large) {
    return [`For regions of ${named(small)}, a mask that is right but one pixel off loses ${cost(small)} Dice.`];
  }
  const sentences = [
    `A mask that is right but one pixel off loses ${cost(small)} Dice for regions of ${named(small)}, and ${cost(large)} for ${named(large)}.`,
  ];
  for (const there of small.arms) {
    const here = large.arms.find(({ arm }) => arm === there.arm);
    if (!here || !isNumber(there.dice) || !isNumber(here.dice)) continue;
    if (!isNumber(there.equivalentError) || !isNumber(here.equivalentError)) continue;
    sentences.push(
      `${there.arm}: Dice ${score(there.dice)} at ${small.label} and ${score(here.dice)} at ${large.label}; its outline is ${errorText(there.equivalentError)} off there, and ${errorText(here.equivalentError)} here.`,
    );
  }
  return sentences;
}

/** The same number of wrong pixels, missed inside or dropped outside: at the share nearest to a tenth that both have. */
export function droppedSentence(curves: readonly DroppedCurve[], stratum: string): string | null {
  const at = (placement: string, share: number) => {
    const curve = curves.find((each) => each.stratum === stratum && each.placement === placement);
    const place = curve?.share.findIndex((each) => Math.abs(each - share) < 1e-9) ?? -1;
    return curve && place >= 0 ? { dice: curve.dice[place], hd95: curve.hd95[place], items: curve.items[place] } : null;
  };
  const shares = curves
    .filter((curve) => curve.stratum === stratum && curve.placement === "inside")
    .flatMap((curve) => curve.share);
  const share = shares.toSorted((a, b) => Math.abs(a - 0.1) - Math.abs(b - 0.1))[0];
  if (share === undefined) return null;
  const [inside, far] = [at("inside", share), at("far", share)];
  if (!inside || !far || !isNumber(inside.dice) || !isNumber(far.dice)) return null;
  const distance = (hd95: number | null | undefined) => (isNumber(hd95) ? `${hd95.toFixed(1)} px` : "undefined");
  return `Of a region’s pixels, ${percent(share, 0)} missed inside cost ${score(1 - inside.dice)} Dice (HD95 ${distance(inside.hd95)}); as many dropped far outside cost ${score(1 - far.dice)} Dice (HD95 ${distance(far.hd95)}). ${plural(Math.min(inside.items ?? 0, far.items ?? 0), "item")}.`;
}
