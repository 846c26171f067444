/**
 * @file A truth's own error curves: the Dice that it has with itself when its outline is off by e pixels, inwards, outwards,
 * or sideways. They say what an error of one pixel costs on a region of this size and shape.
 *
 * Our own definition. The border of the image is no outline: nothing is known of what lies beyond it, so a region cut by it is
 * neither eroded there nor dilated past it, and what is moved past it is lost.
 */
import type { ErrorCurves } from "@tessera/domain/measures";
import { squaredDistances } from "./distanceTransform.ts";
import { countPixels } from "./mask.ts";
import { shiftedDice } from "./shift.ts";

/**
 * @param outside `squaredDistances` of the truth, where it is at hand
 * @returns null for a truth without a pixel
 * @throws DomainError BAD_INPUT when the length is not width*height
 */
export function errorCurves(
  truth: Uint8Array,
  width: number,
  height: number,
  outside: Float64Array = squaredDistances(truth, width, height),
): ErrorCurves | null {
  const pixels = countPixels(truth);
  if (pixels === 0) return null;
  const side = Math.max(width, height);
  const inside = squaredDistances(inverted(truth), width, height);
  const [notKept, reached] = [countsWithin(inside, side), countsWithin(outside, side)];
  const moved = shiftedDice(truth, width, height, side);
  const at = (e: number) => {
    const kept = truth.length - notKept[e]!;
    return [(2 * kept) / (pixels + kept), (2 * pixels) / (pixels + reached[e]!), moved[e]!] as const;
  };

  let end = side; // the first error from which no curve falls any further
  const last = at(side);
  while (end > 0 && at(end - 1).every((dice, curve) => dice === last[curve])) end--;
  const errors = gridUpTo(end);
  const curve = (which: 0 | 1 | 2) => errors.map((e) => Math.round(at(e)[which] * 1e6) / 1e6);
  return { errors, eroded: curve(0), dilated: curve(1), shifted: curve(2) };
}

/** The Dice that an error of e pixels costs; past the curve's end what it has there. Linear between the errors that are kept. */
export function diceAtError(
  { errors, ...curves }: ErrorCurves,
  curve: "eroded" | "dilated" | "shifted",
  e: number,
): number {
  const values = curves[curve];
  const next = errors.findIndex((each) => each >= e);
  if (next === -1) return values[values.length - 1]!;
  if (next === 0) return values[0]!;
  const part = (e - errors[next - 1]!) / (errors[next]! - errors[next - 1]!);
  return values[next - 1]! + part * (values[next]! - values[next - 1]!);
}

/** Every whole number to 32, then in steps of about a sixteenth: curves are flat there, and every item keeps its own. */
function gridUpTo(end: number): number[] {
  const grid: number[] = [];
  for (let e = 0, step = 1; e < end; e += step) {
    grid.push(e);
    if (e === 32 * step) step *= 2;
  }
  return [...grid, end];
}

/** [upTo + 1] pixels whose distance is at most 0, 1, 2, … */
function countsWithin(squared: Float64Array, upTo: number): Float64Array {
  const counts = new Float64Array(upTo + 1);
  for (let i = 0; i < squared.length; i++) {
    const nearest = Math.ceil(Math.sqrt(squared[i]!));
    if (nearest <= upTo) counts[nearest]!++;
  }
  for (let e = 1; e <= upTo; e++) counts[e]! += counts[e - 1]!;
  return counts;
}

const inverted = (mask: Uint8Array) => mask.map((value) => (value === 0 ? 1 : 0));
