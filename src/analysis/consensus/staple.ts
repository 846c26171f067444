/**
 * @file STAPLE (Warfield, Zou & Wells 2004, IEEE TMI 23:903): the mask that several readers' masks of one item most probably come from, and each
 * reader's sensitivity and specificity.
 *
 * As ITK has it: the prior is the share of all readers' pixels that are foreground, the same for every pixel; sensitivity and
 * specificity begin at 0.99999; no Markov random field. Pixels that got the same votes share a posterior, so a step costs as many terms as there are
 * distinct votes, not pixels.
 */
import { DomainError } from "@tessera/domain/errors";

export const mostStapleReaders = 16;
const begin = 0.99999;

export interface StapleOptions {
  readonly iterations?: number;
  /** Stops once no posterior moves by more. */
  readonly tolerance?: number;
}

export interface Staple {
  /** [pixels] probability of foreground. */
  readonly posterior: Float64Array;
  /** Per reader; null where the consensus has no such pixel. */
  readonly sensitivity: readonly (number | null)[];
  readonly specificity: readonly (number | null)[];
  readonly iterations: number;
}

/** @param masks one per reader, [pixels]; anything but 0 is foreground. @throws DomainError BAD_INPUT for none, too many, or other lengths */
export function staple(
  masks: readonly Uint8Array[],
  { iterations = 200, tolerance = 1e-9 }: StapleOptions = {},
): Staple {
  const readers = masks.length;
  const pixels = masks[0]?.length ?? 0;
  if (readers < 1 || readers > mostStapleReaders || masks.some((mask) => mask.length !== pixels)) {
    const lengths = masks.map((mask) => mask.length).join(", ");
    throw new DomainError(
      "BAD_INPUT",
      `Expected 1 to ${mostStapleReaders} masks of one size, got ${readers} of ${lengths} pixels`,
    );
  }
  const votes = new Uint32Array(pixels); // bit r: reader r says foreground
  for (const [reader, mask] of masks.entries()) {
    for (let at = 0; at < pixels; at++) if (mask[at] !== 0) votes[at]! |= 1 << reader;
  }
  const counts = new Map<number, number>();
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1);
  const distinct = [...counts].map(([vote, count]) => ({ vote, count, posterior: 0 }));
  const says = (vote: number, reader: number) => ((vote >>> reader) & 1) === 1;
  const each = Array.from({ length: readers }, (_, reader) => reader);
  const marked = distinct.reduce((sum, { vote, count }) => sum + count * each.filter((r) => says(vote, r)).length, 0);
  const prior = marked / (readers * pixels);
  let sensitivity: (number | null)[] = each.map(() => begin);
  let specificity: (number | null)[] = each.map(() => begin);
  let done = 0;
  for (let moved = 1; done < iterations && moved > tolerance; done++) {
    moved = 0;
    for (const group of distinct) {
      let [inside, outside] = [prior, 1 - prior];
      for (const reader of each) {
        const [p, q] = [sensitivity[reader] ?? begin, specificity[reader] ?? begin];
        inside *= says(group.vote, reader) ? p : 1 - p;
        outside *= says(group.vote, reader) ? 1 - q : q;
      }
      const next = inside + outside > 0 ? inside / (inside + outside) : prior;
      moved = Math.max(moved, Math.abs(next - group.posterior));
      group.posterior = next;
    }
    const inside = distinct.reduce((sum, { count, posterior }) => sum + count * posterior, 0);
    const rate = (reader: number, foreground: boolean, all: number) => {
      if (all <= 0) return null;
      const right = distinct.filter(({ vote }) => says(vote, reader) === foreground);
      return right.reduce((sum, g) => sum + g.count * (foreground ? g.posterior : 1 - g.posterior), 0) / all;
    };
    sensitivity = each.map((reader) => rate(reader, true, inside));
    specificity = each.map((reader) => rate(reader, false, pixels - inside));
  }
  const posteriorOf = new Map(distinct.map(({ vote, posterior }) => [vote, posterior]));
  return {
    posterior: Float64Array.from(votes, (vote) => posteriorOf.get(vote)!),
    sensitivity,
    specificity,
    iterations: done,
  };
}
