/** The intervals of agreement keep near their promise: readers with planted error rates, whose true kappa is known, over drawn items. */
import { cohensKappa, crossTable } from "@tessera/analysis/agreement/cohen";
import { fleissKappa } from "@tessera/analysis/agreement/fleiss";
import type { Estimate } from "@tessera/analysis/agreement/jackknife";
import { krippendorffAlpha } from "@tessera/analysis/agreement/krippendorff";
import { type Ratings, ratingsOf } from "@tessera/analysis/agreement/ratings";
import { dawidSkene } from "@tessera/analysis/consensus/dawidSkene";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const right = [0.9, 0.8, 0.7];

/** A reader that errs names any other category alike. */
function drawn(random: RandomStream, items: number): Ratings {
  const rows = Array.from({ length: items }, () => {
    const u = random.uniform();
    const truth = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
    return right.map((share) => (random.uniform() < share ? truth : (truth + 1 + random.integer(2)) % 3));
  });
  return ratingsOf(["a", "b", "c"], 3, rows);
}

const measures: Record<string, (ratings: Ratings) => Estimate> = {
  "Cohen's kappa": (ratings) => cohensKappa(crossTable(ratings, 0, 1)),
  "quadratic kappa": (ratings) => cohensKappa(crossTable(ratings, 0, 1), "quadratic"),
  "Fleiss' kappa": fleissKappa,
  "Krippendorff's alpha": (ratings) => krippendorffAlpha(ratings),
  "ordinal alpha": (ratings) => krippendorffAlpha(ratings, "ordinal"),
};
const truths = drawn(randomStream("agreement", "truth"), 200_000);

describe.each([40, 150])("%i items", (items) => {
  const worlds = 400;
  it.each(Object.entries(measures))(
    "%s is covered in 93 to 97 of 100 worlds, give or take chance",
    (_name, measure) => {
      const truth = measure(truths).value!;
      let covered = 0;
      const widths: number[] = [];
      const values: number[] = [];
      for (let world = 0; world < worlds; world++) {
        const { value, low, high } = measure(drawn(randomStream("agreement", items, world), items));
        if (low! <= truth && truth <= high!) covered++;
        widths.push(high! - low!);
        values.push(value!);
      }
      const mean = values.reduce((a, b) => a + b) / worlds;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (worlds - 1));
      const width = widths.toSorted((a, b) => a - b)[worlds / 2]! / (2 * 1.96 * sd);
      expect(covered / worlds).toBeGreaterThan(0.93 - 0.02);
      expect(covered / worlds).toBeLessThan(0.97 + 0.02);
      expect(width).toBeLessThan(1.3);
    },
  );
});

it("Dawid–Skene finds the planted readers again, also the one that is worse than chance", () => {
  const random = randomStream("dawid-skene");
  const shares = [0.95, 0.85, 0.8, 0.7, 0.3];
  const truth: number[] = [];
  const rows = Array.from({ length: 3000 }, () => {
    truth.push(random.uniform() < 0.3 ? 1 : 0);
    return shares.map((share) => (random.uniform() < share ? truth.at(-1)! : 1 - truth.at(-1)!));
  });
  const found = dawidSkene(ratingsOf(shares.map((share) => `${share}`), 2, rows)); // biome-ignore format: short
  for (const [index, { rates }] of found.readers.entries()) {
    for (const each of [0, 1]) expect(Math.abs(rates[each]![each]! - shares[index]!)).toBeLessThan(0.04);
  }
  expect(found.prevalence[1]).toBeCloseTo(0.3, 1);
  const majority = rows.filter((row, at) => (row.reduce((a, b) => a + b) > 2 ? 1 : 0) === truth[at]).length;
  const ours = found.labels.filter((label, at) => label === truth[at]).length;
  expect(ours).toBeGreaterThan(majority + 50);
});
