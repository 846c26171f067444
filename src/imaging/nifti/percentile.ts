/** @file Percentiles of many values without sorting them. */
import type { Voxels } from "./voxels.ts";

/**
 * numpy's default: linear between the two values around p/100 · (n − 1).
 * @param values reordered by this
 * @param percents rising
 */
export function percentiles(values: Voxels, percents: readonly number[]): number[] {
  const n = values.length;
  return percents.map((percent) => {
    const place = (percent / 100) * (n - 1);
    const below = Math.floor(place);
    const low = select(values, below);
    if (below === place) return low;
    let next = Infinity; // after `select`, whatever lies behind is at least `low`
    for (let i = below + 1; i < n; i++) if (values[i]! < next) next = values[i]!;
    return low + (place - below) * (next - low);
  });
}

/** Hoare's quickselect with the middle of three: `values[k]` becomes what sorting would put there. */
function select(values: Voxels, k: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = middle(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i] = values[j]!;
      values[j] = kept;
      i++;
      j--;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k]!;
}

const middle = (a: number, b: number, c: number) => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
