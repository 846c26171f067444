/** @file How large the regions are: counts over logarithmic bins, because regions span from specks to half the image. */
import { DomainError } from "@tessera/domain/errors";

const perDecade = 4;
const decades = 4;

/** 0.01 % to 100 % of the image, four bins a decade. */
export const shareEdges: readonly number[] = Array.from(
  { length: perDecade * decades + 1 },
  (_, i) => 10 ** (i / perDecade - decades),
);

export interface ShareHistogram {
  readonly edges: readonly number[];
  /** Bin i holds edges[i] up to but without edges[i + 1]; the first also what is smaller, the last also 1. */
  readonly counts: readonly number[];
  /** Items whose truth is empty: they have no size and are in no bin. */
  readonly withoutRegion: number;
}

/** @throws DomainError BAD_INPUT for a share outside 0..1 */
export function shareHistogram(shares: readonly number[]): ShareHistogram {
  const counts = new Array<number>(shareEdges.length - 1).fill(0);
  let withoutRegion = 0;
  for (const share of shares) {
    if (!(share >= 0 && share <= 1)) {
      throw new DomainError("BAD_INPUT", `Expected a share of the image from 0 to 1, got ${share}`);
    }
    if (share === 0) withoutRegion++;
    else
      counts[
        Math.min(
          counts.length - 1,
          Math.max(
            0,
            shareEdges.findLastIndex((edge) => edge <= share),
          ),
        )
      ]!++;
  }
  return { edges: shareEdges, counts, withoutRegion };
}
