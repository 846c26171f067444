import { cohensKappa, crossTable, type KappaWeights } from "@tessera/analysis/agreement/cohen";
import { fleissKappa } from "@tessera/analysis/agreement/fleiss";
import { krippendorffAlpha } from "@tessera/analysis/agreement/krippendorff";
import { ratingsOf } from "@tessera/analysis/agreement/ratings";
import { dawidSkene } from "@tessera/analysis/consensus/dawidSkene";
import { staple } from "@tessera/analysis/consensus/staple";
import { describe, expect, it } from "vitest";
import fixtures from "./fixtures/agreement.json" with { type: "json" }; // statsmodels, scikit-learn, krippendorff, SimpleITK, by agreement.py

const near = (ours: number | null, theirs: number, within = 1e-9) => {
  expect(ours).not.toBeNull();
  expect(Math.abs(ours! - theirs), `${ours} and ${theirs}`).toBeLessThanOrEqual(within);
};
const readersOf = (rows: readonly (readonly unknown[])[]) => rows[0]!.map((_, index) => `reader ${index}`);

describe.each(fixtures.agreement)("$name", ({ rows, categories, cohen, fleiss, nominal, ordinal }) => {
  const ratings = ratingsOf(readersOf(rows), categories, rows);

  it.each(cohen)("Cohen's kappa, weights $weights, as statsmodels has it", ({ weights, kappa, standardError }) => {
    const ours = cohensKappa(crossTable(ratings, 0, 1), weights as KappaWeights);
    near(ours.value, kappa);
    near(ours.largeSampleError, standardError);
  });

  it.skipIf(fleiss === undefined)("Fleiss' kappa, as statsmodels has it", () =>
    near(fleissKappa(ratings).value, fleiss!),
  );

  it("Krippendorff's alpha, as krippendorff has it", () => {
    near(krippendorffAlpha(ratings, "nominal").value, nominal);
    near(krippendorffAlpha(ratings, "ordinal").value, ordinal);
  });
});

describe("agreement that cannot be told", () => {
  it("is null where everybody says the same of everything, and where nobody shares an item", () => {
    const alike = ratingsOf(["a", "b"], 2, [[1, 1], [1, 1], [1, 1], [1, 1]]); // biome-ignore format: short
    expect(cohensKappa(crossTable(alike, 0, 1)).value).toBeNull();
    expect(fleissKappa(alike).value).toBeNull();
    expect(krippendorffAlpha(alike).value).toBeNull();
    const apart = ratingsOf(["a", "b"], 2, [[1, null], [null, 0]]); // biome-ignore format: short
    expect(fleissKappa(apart)).toMatchObject({ value: null, items: 0 });
    expect(krippendorffAlpha(apart)).toMatchObject({ value: null, items: 0 });
  });

  it("refuses a category that is none", () => {
    expect(() => ratingsOf(["a"], 2, [[2]])).toThrow("item 0: expected a category from 0 to 1, got 2");
  });
});

describe.each(fixtures.consensus)("Dawid–Skene: $name", ({ rows, categories, posteriors, rates, prevalence }) => {
  it("is what plain EM over dense tensors gives", () => {
    const ours = dawidSkene(ratingsOf(readersOf(rows), categories, rows), { iterations: 3000, tolerance: 1e-12 });
    posteriors.flat().forEach((value, at) => {
      near(ours.posteriors[at]!, value, 1e-7);
    });
    rates.flat(2).forEach((value, at) => {
      near(ours.readers.flatMap((each) => each.rates.flat())[at]!, value, 1e-7);
    });
    prevalence.forEach((value, at) => {
      near(ours.prevalence[at]!, value, 1e-7);
    });
    for (const [index, { opinions, items }] of ours.readers.entries()) {
      expect(opinions).toBe(rows.filter((row) => row[index] !== null).length);
      near(items.reduce((sum, value) => sum + value, 0), opinions); // biome-ignore format: short
    }
  });
});

describe("STAPLE", () => {
  const { size, masks, posterior, sensitivity, specificity } = fixtures.staple;
  const ours = staple(masks.map((mask) => Uint8Array.from(mask, Number)));

  it("is what SimpleITK gives", () => {
    expect(ours.posterior.length).toBe(size * size);
    posterior.forEach((value, at) => {
      near(ours.posterior[at]!, value, 1e-5);
    });
    sensitivity.forEach((value, at) => {
      near(ours.sensitivity[at]!, value, 1e-5);
    });
    specificity.forEach((value, at) => {
      near(ours.specificity[at]!, value, 1e-5);
    });
  });

  it("of one reader is that reader, and of empty masks is empty", () => {
    const one = Uint8Array.of(0, 1, 1, 0);
    expect([...staple([one]).posterior].map(Math.round)).toEqual([0, 1, 1, 0]);
    const none = staple([new Uint8Array(4), new Uint8Array(4)]);
    expect([...none.posterior]).toEqual([0, 0, 0, 0]);
    expect(none.sensitivity).toEqual([null, null]);
  });

  it("refuses masks of different sizes", () => {
    expect(() => staple([new Uint8Array(4), new Uint8Array(5)])).toThrow("got 2 of 4, 5 pixels");
  });
});
