/**
 * @file What is known of a row of chances from its counts, as draws.
 *
 * Dirichlet(counts + one item in a class drawn at random). For two classes these are the two betas, half each, whose quantiles Clopper and
 * Pearson's exact interval takes on its two sides; Hannig 2009 (Statistica Sinica 19:491, generalised fiducial inference of a multinomial)
 * has the like for more. Chosen by simulation (decision 0043): Jeffreys' prior and the bootstrap cover 82 to 92 % where a row has 20 items
 * or an error was never seen.
 */
import type { RandomStream } from "@tessera/domain/random";

/** Gamma(shape, 1) (Marsaglia & Tsang 2000, ACM TOMS 26:363); 0 for shape 0. */
export function gammaDraw(shape: number, random: RandomStream): number {
  if (shape === 0) return 0;
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Shares of the classes, once. @param counts of items; not whole where they are corrected for a design effect */
export function shareDraw(counts: readonly number[], random: RandomStream): number[] {
  const extra = random.integer(counts.length);
  const drawn = counts.map((count, at) => gammaDraw(count + (at === extra ? 1 : 0), random));
  const sum = drawn.reduce((total, each) => total + each, 0);
  return drawn.map((each) => each / sum);
}

/** The shares that were counted; nothing counted: all alike. */
export function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, each) => total + each, 0);
  return counts.map((count) => (sum === 0 ? 1 / counts.length : count / sum));
}
