/** @file Counts of scores in equal bins. */
import { DomainError } from "@tessera/domain/errors";

export interface Histogram {
  /** bins + 1 edges. Each bin holds its lower edge; the last holds both. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Scores counted. */
  readonly n: number;
  /** Scores that are null: in no bin. */
  readonly undefinedItems: number;
}

/** @throws DomainError BAD_INPUT for a score outside low..high, or fewer than 1 bin */
export function histogram(
  scores: readonly (number | null)[],
  { bins = 20, low = 0, high = 1 }: { readonly bins?: number; readonly low?: number; readonly high?: number } = {},
): Histogram {
  if (!Number.isInteger(bins) || bins < 1 || !(high > low)) {
    throw new DomainError("BAD_INPUT", `Expected at least 1 bin from low to high, got ${bins} from ${low} to ${high}`);
  }
  const counts = new Array<number>(bins).fill(0);
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  let n = 0;
  for (const score of scores) {
    if (score === null) continue;
    if (!(score >= low && score <= high)) {
      throw new DomainError("BAD_INPUT", `Expected scores from ${low} to ${high}, got ${score}`);
    }
    let bin = Math.min(bins - 1, Math.floor(((score - low) / (high - low)) * bins));
    if (score < edges[bin]!)
      bin--; // rounding in the division: the edges decide
    else if (bin < bins - 1 && score >= edges[bin + 1]!) bin++;
    counts[bin]!++;
    n++;
  }
  return { edges, counts, n, undefinedItems: scores.length - n };
}
