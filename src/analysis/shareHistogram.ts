/** @file Region sizes as a histogram: sizes span decades, so the bins are of equal ratio, not of equal width. */

export interface ShareHistogram {
  /** One more than counts; shares of the image, ascending, the last is 1. Each bin holds its lower edge; the last both. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Items counted, with those in no bin. */
  readonly items: number;
  /** Items without any region: a share of 0 has no place on this axis. */
  readonly empty: number;
}

/** From 0.01 % of the image, where a region of 256 x 256 pixels is 6 pixels, to all of it; smaller ones are in the first bin. */
const lowest = 1e-4;
const binsPerDecade = 5;

/** @param shares in [0, 1]. */
export function shareHistogram(shares: readonly number[]): ShareHistogram {
  const bins = -Math.log10(lowest) * binsPerDecade;
  const edges = Array.from({ length: bins + 1 }, (_, i) => 10 ** ((i - bins) / binsPerDecade));
  const counts = new Array<number>(bins).fill(0);
  let empty = 0;
  for (const share of shares) {
    if (share === 0) {
      empty++;
      continue;
    }
    const above = edges.findIndex((edge) => edge > share);
    const bin = above < 0 ? bins - 1 : Math.max(0, above - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges, counts, items: shares.length, empty };
}
