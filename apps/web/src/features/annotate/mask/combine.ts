/** @file One mask of several readers', and where they differ. All of one size, class index + 1 or 0. */

export const combinations = ["union", "intersection", "majority"] as const;
export type Combination = (typeof combinations)[number];

/**
 * union: a class that any reader has there, the first reader's where two have different ones. intersection: a class that all have.
 * majority: what more than half of them say; else background.
 */
export function combine(masks: readonly Uint8Array[], how: Combination): Uint8Array {
  const [first] = masks;
  if (!first) throw new RangeError("combine: expected at least one mask, got none");
  const counts = new Uint16Array(256);
  return first.map((own, at) => {
    if (how === "union") return masks.find((mask) => mask[at] !== 0)?.[at] ?? 0;
    if (how === "intersection") return masks.every((mask) => mask[at] === own) ? own : 0;
    counts.fill(0);
    let said = 0;
    for (const mask of masks) if (++counts[mask[at]!]! * 2 > masks.length) said = mask[at]!;
    return said;
  });
}

/** 1 where not all masks say the same. */
export function differences(masks: readonly Uint8Array[]): Uint8Array {
  const [first] = masks;
  return first ? first.map((own, at) => (masks.some((mask) => mask[at] !== own) ? 1 : 0)) : new Uint8Array();
}

/** Dice of two masks, over the pixels that have the same class of all that have one; null: both are empty. */
export function dice(a: Uint8Array, b: Uint8Array): number | null {
  let [shared, total] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    if (a[at] !== 0) total++;
    if (b[at] !== 0) total++;
    if (a[at] !== 0 && a[at] === b[at]) shared++;
  }
  return total === 0 ? null : (2 * shared) / total;
}
