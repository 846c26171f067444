/** Label-noise chains against NumPy, SciPy and statsmodels (fixtures/labelChain.py), by hand, and against planted chains. */
import { readFileSync } from "node:fs";
import { drawnChain } from "@tessera/analysis/labelChain/chainDraws";
import { composedChain } from "@tessera/analysis/labelChain/composeChain";
import { composedAgainstDirect } from "@tessera/analysis/labelChain/composedAgainstDirect";
import { designEffects } from "@tessera/analysis/labelChain/designEffects";
import type { ChainEstimate } from "@tessera/analysis/labelChain/estimates";
import { labelQuality } from "@tessera/analysis/labelChain/labelQuality";
import { pooledSample } from "@tessera/analysis/labelChain/sampleRates";
import { setsDiffer } from "@tessera/analysis/labelChain/setsDiffer";
import { stageGains } from "@tessera/analysis/labelChain/stageGains";
import { thinRows } from "@tessera/analysis/labelChain/thinRows";
import type { CountMatrix, LabelChain, StageSample } from "@tessera/domain/labelChain/chain";
import { describe, expect, it } from "vitest";

const fixture = JSON.parse(readFileSync(new URL("fixtures/labelChain.json", import.meta.url), "utf8"));

const sampleOf = (counts: CountMatrix, more: Partial<StageSample> = {}): StageSample => ({
  set: "",
  counts,
  chosenBy: "before",
  shares: null,
  designEffects: null,
  ...more,
});
const given = (...samples: StageSample[]) => ({ source: "given", origin: null, samples });
const chainOf = (stages: readonly CountMatrix[], more: Partial<LabelChain> = {}): LabelChain => ({
  classes: stages[0]!.map((_, at) => `${at}`),
  prevalence: null,
  prevalenceSource: "",
  stages: stages.map((counts) => ({ kind: "label", ...given(sampleOf(counts)) })),
  direct: null,
  ...more,
});
const flat = (matrix: readonly (readonly ChainEstimate[])[]) => matrix.flat();

/** 2,000 draws place a quantile within a twelfth of the interval's width, hardly ever more. */
function expectIntervals(found: readonly ChainEstimate[], [lows, highs]: readonly [number[], number[]]) {
  expect(found.length).toBe(lows.length);
  for (const [at, { low, high }] of found.entries()) {
    const slack = 0.08 * (highs[at]! - lows[at]!);
    expect(Math.abs(low - lows[at]!)).toBeLessThan(slack);
    expect(Math.abs(high - highs[at]!)).toBeLessThan(slack);
  }
}

describe("against an implementation that shares no code", () => {
  const { chain } = fixture;
  const direct = given(sampleOf(chain.direct));
  const drawn = drawnChain(chainOf(chain.stages, { prevalence: chain.prevalence, prevalenceSource: "s", direct }));

  it.each(fixture.mixtures as { hits: number; items: number; interval: [number, number] }[])(
    "one share: $hits of $items has the two betas' interval",
    ({ hits, items, interval }) => {
      const { matrix } = composedChain(drawnChain(chainOf([[[5, 5], [items - hits, hits]]]))); // biome-ignore format: one line
      const { low, high } = matrix[1]![1]!;
      const slack = 0.08 * (interval[1] - interval[0]);
      expect(Math.abs(low - interval[0])).toBeLessThan(slack);
      expect(Math.abs(high - interval[1])).toBeLessThan(slack);
    },
  );

  it("the composed matrix and its accuracy", () => {
    const found = composedChain(drawn);
    expectIntervals(flat(found.matrix), chain.matrix);
    expectIntervals([found.accuracy], chain.accuracy);
  });

  it("the gain of each stage", () => {
    for (const [at, { accuracy }] of stageGains(drawn).stages.entries()) expectIntervals([accuracy], chain.gains[at]);
  });

  it("composed against direct, with the test's p", () => {
    const against = composedAgainstDirect(drawn)!;
    expectIntervals(flat(against.differences), chain.gap);
    expect(Math.abs(against.p - chain.p)).toBeLessThan(0.03);
  });

  it("a sample chosen by its labels, turned round", () => {
    const { counts, shares, matrix, before } = fixture.chosenByLabel;
    const stage = { kind: "label" as const, ...given(sampleOf(counts, { chosenBy: "after", shares })) };
    const found = composedChain(drawnChain(chainOf([counts], { stages: [stage] })));
    expectIntervals(flat(found.matrix), matrix);
    expectIntervals(found.classes.map(({ prevalence }) => prevalence), before); // biome-ignore format: one line
  });

  it("the design effect of patients, as a cluster-robust variance gives it", () => {
    const { subjects, called, effect } = fixture.clusters;
    const items = called.map((each: number, at: number) => ({ subject: `${subjects[at]}`, given: 0, called: each }));
    expect(effect).toBeGreaterThan(1.2);
    expect(designEffects(items, 2)).toEqual([expect.closeTo(effect, 6), 1]);
  });

  it("whether two sets have the same rates", () => {
    const { counts, chiSquare, p } = fixture.sets;
    const found = setsDiffer(counts.map((each: CountMatrix, at: number) => sampleOf(each, { set: `${at}` })))!;
    expect(found).toMatchObject({ degreesOfFreedom: 2, thinCells: 0 });
    expect(found.chiSquare).toBeCloseTo(chiSquare, 8);
    expect(found.p).toBeCloseTo(p, 8);
    const halved = counts.map((each: CountMatrix, at: number) =>
      sampleOf(each, { set: `${at}`, designEffects: [2, 2] }),
    );
    expect(setsDiffer(halved)!.chiSquare).toBeCloseTo(chiSquare / 2, 8);
  });
});

describe("by hand", () => {
  const stages = [[[90, 10], [20, 80]], [[95, 5], [10, 90]]] as const; // biome-ignore format: one line

  it("composes shares, stage after stage", () => {
    const { matrix } = composedChain(drawnChain(chainOf(stages)));
    expect(matrix[0]![0]!.value).toBeCloseTo(0.9 * 0.95 + 0.1 * 0.1, 12);
    expect(matrix[1]![1]!.value).toBeCloseTo(0.2 * 0.05 + 0.8 * 0.9, 12);
  });

  it("reweights to a prevalence: the matrix stays, PPV and accuracy move", () => {
    const at = (positive: number) => composedChain(drawnChain(chainOf(stages, { prevalence: [1 - positive, positive], prevalenceSource: "s" }))); // biome-ignore format: one line
    const [sensitivity, specificity] = [0.73, 0.865];
    for (const positive of [0.5, 0.01]) {
      const { classes, accuracy } = at(positive);
      const right = positive * sensitivity;
      expect(classes[1]!.sensitivity.value).toBeCloseTo(sensitivity, 12);
      expect(classes[1]!.specificity.value).toBeCloseTo(specificity, 12);
      expect(classes[1]!.ppv!.value).toBeCloseTo(right / (right + (1 - positive) * (1 - specificity)), 12);
      expect(accuracy.value).toBeCloseTo(right + (1 - positive) * specificity, 12);
    }
  });

  it("of three classes, specificity weighs the others as common as they are", () => {
    const matrix = [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0, 0.3, 0.7]]; // biome-ignore format: one line
    const { classes } = labelQuality(matrix, [0.6, 0.3, 0.1]);
    expect(classes[1]!.specificity).toBeCloseTo(1 - (0.6 * 0.1 + 0.1 * 0.3) / 0.7, 12);
    expect(classes[1]!.ppv).toBeCloseTo((0.3 * 0.7) / (0.3 * 0.7 + 0.6 * 0.1 + 0.1 * 0.3), 12);
  });

  it("a design effect counts like so many fewer items", () => {
    const width = (designEffects: number[] | null, factor: number) => {
      const stage = { kind: "label" as const, ...given(sampleOf(stages[0].map((row) => row.map((each) => each * factor)), { designEffects })) }; // biome-ignore format: one line
      const { low, high } = composedChain(drawnChain(chainOf(stages, { stages: [stage] }))).matrix[1]![1]!;
      return high - low;
    };
    expect(width([4, 4], 4) / width(null, 1)).toBeCloseTo(1, 1);
    expect(width([4, 4], 4) / width(null, 4)).toBeGreaterThan(1.8);
  });

  it("the same chain has the same intervals", () => {
    expect(composedChain(drawnChain(chainOf(stages)))).toEqual(composedChain(drawnChain(chainOf(stages))));
  });

  it("a set is read by itself; a stage without it stands in with all it has", () => {
    const samples = [sampleOf([[10, 0], [5, 5]], { set: "A" }), sampleOf([[30, 10], [1, 9]], { set: "B", designEffects: [3, 1] })]; // biome-ignore format: one line
    expect(pooledSample(samples, null)).toMatchObject({ counts: [[40, 10], [6, 14]], designEffects: [(10 + 3 * 40) / 50, 1] }); // biome-ignore format: one line
    expect(pooledSample(samples, "B")).toBe(samples[1]);
    const chain = chainOf(stages, { stages: [{ kind: "nlp", ...given(...samples) }, { kind: "label", ...given(sampleOf(stages[1])) }] }); // biome-ignore format: one line
    const { stages: read } = drawnChain(chain, "A").counted;
    expect(read[0]![1]).toEqual([0.5, 0.5]);
    expect(read[1]![1]).toEqual([0.1, 0.9]);
  });
});

describe("what is not known is not hidden", () => {
  it("a class without an item leaves its row open", () => {
    const { matrix } = composedChain(drawnChain(chainOf([[[50, 10], [0, 0]]]))); // biome-ignore format: one line
    expect(matrix[1]![1]).toEqual({ value: 0.5, low: 0, high: 1 });
    expect(thinRows([sampleOf([[50, 10], [0, 0]])])).toEqual([{ stage: 0, classIndex: 1, items: 0 }]); // biome-ignore format: one line
  });

  it("an error that was never seen may still be there", () => {
    const { low, high, value } = composedChain(drawnChain(chainOf([[[100, 0], [0, 100]], [[100, 0], [0, 100]]]))).matrix[0]![1]!; // biome-ignore format: one line
    expect([low, value]).toEqual([0, 0]);
    expect(high).toBeGreaterThan(0.02);
  });

  it("few patients are few items, however many images they have", () => {
    expect(thinRows([sampleOf([[90, 30], [80, 40]], { designEffects: [5, 1] })])).toEqual([{ stage: 0, classIndex: 0, items: 24 }]); // biome-ignore format: one line
  });
});

describe("fix this stage first", () => {
  const bad = [[700, 300], [300, 700]]; // biome-ignore format: one line
  const good = [[970, 30], [30, 970]]; // biome-ignore format: one line

  it("is said where one stage is ahead of every other", () => {
    const { fixFirst, stages } = stageGains(drawnChain(chainOf([good, bad, good])));
    expect(fixFirst).toMatchObject({ stage: 1, reason: "ahead" });
    expect(stages[1]!.accuracy.value).toBeCloseTo(0.97 ** 2 + 0.03 ** 2 - (0.7 * (0.97 ** 2 + 0.03 ** 2) + 0.3 * 2 * 0.97 * 0.03), 10); // biome-ignore format: one line
  });

  it("is undecided between two that are alike, and where nothing is gained", () => {
    expect(stageGains(drawnChain(chainOf([bad, bad, good]))).fixFirst).toMatchObject({
      stage: null,
      reason: "overlap",
    });
    const perfect = [[20, 0], [0, 20]]; // biome-ignore format: one line
    expect(stageGains(drawnChain(chainOf([perfect, perfect]))).fixFirst).toMatchObject({
      stage: null,
      reason: "noGain",
    });
  });
});

it("contradicts the assumption where later stages put errors right", () => {
  const stage = [[800, 200], [200, 800]]; // biome-ignore format: one line
  const against = (counts: CountMatrix) => composedAgainstDirect(drawnChain(chainOf([stage, stage], { direct: given(sampleOf(counts)) })))!; // biome-ignore format: one line
  expect(against([[680, 320], [320, 680]]).contradicted).toBe(false); // biome-ignore format: one line
  const found = against([[800, 200], [200, 800]]); // biome-ignore format: one line
  expect(found.contradicted).toBe(true);
  expect(found.differences[0]![0]!.value).toBeCloseTo(0.68 - 0.8, 10);
  expect(found.differences[0]![0]!.high).toBeLessThan(0);
});
