import { averagePrecision } from "@tessera/analysis/classification/averagePrecision";
import { rank } from "@tessera/analysis/classification/ranking";
import { predictionTable } from "@tessera/analysis/classification/table";
import { rankCorrelation } from "@tessera/analysis/explanations/rankCorrelation";
import {
  confidentJoint,
  confidentThresholds,
  estimatedJoint,
  type GivenLabels,
  noiseMatrix,
} from "@tessera/analysis/labelErrors/confidentJoint";
import { labelIssues, normalisedMargin, selfConfidence, wrongPerClasses } from "@tessera/analysis/labelErrors/issues";
import { maskQuality, softDiceQuality, softminQuality } from "@tessera/analysis/labelErrors/maskQuality";
import { plantedErrors } from "@tessera/analysis/labelErrors/plantedErrors";
import { precisionAt, roundPlaces } from "@tessera/analysis/labelErrors/precisionAt";
import { suspectClasses } from "@tessera/analysis/labelErrors/suspects";
import { mean } from "@tessera/analysis/summary";
import { wilson } from "@tessera/analysis/wilson";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";
import fixtures from "./fixtures/labelErrors.json" with { type: "json" }; // cleanlab, by labelErrors.py

const placesOf = (flags: ArrayLike<number>) => Array.from(flags).flatMap((flag, at) => (flag ? [at] : []));
const near = (ours: readonly (readonly number[])[], theirs: readonly (readonly number[])[], within: number) =>
  expect(Math.max(...ours.flatMap((row, i) => row.map((each, j) => Math.abs(each - theirs[i]![j]!))))).toBeLessThanOrEqual(within); // biome-ignore format: one line
/** Of a ranking in which a low score is suspect. */
const found = (wrong: readonly boolean[], scores: ArrayLike<number>) =>
  averagePrecision(
    rank(
      wrong.map(Number),
      Array.from(scores, (score) => -score),
    ),
  )!;

describe.each(fixtures.cases)("$name, against cleanlab", (theirs) => {
  const labels: GivenLabels = { ...theirs, probabilities: theirs.probabilities.flat() };
  const wrong = theirs.given.map((each, item) => each !== theirs.true[item]);

  it("has its thresholds and its confident joint", () => {
    near([[...confidentThresholds(labels)]], [theirs.thresholds], 1e-8);
    expect(confidentJoint(labels)).toEqual(theirs.confidentJoint);
  });

  it("estimates its joint, which it rounds to whole items", () => {
    const joint = estimatedJoint(labels, confidentJoint(labels));
    near(joint, theirs.joint, 1 / wrong.length);
    expect(joint.flat().reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
  });

  it.each([
    ["noiseRate", theirs.issues.prune_by_noise_rate],
    ["class", theirs.issues.prune_by_class],
    ["both", theirs.issues.both],
  ] as const)("holds the same labels to be wrong by %s", (rule, issues) => {
    const ours = placesOf(labelIssues(labels, rule));
    if (labels.classes < 6) expect(ours).toEqual(issues);
    const shared = ours.filter((item) => issues.includes(item)).length;
    expect(shared / (ours.length + issues.length - shared)).toBeGreaterThan(0.8);
  });

  it("ranks the planted errors as well, by either score", () => {
    const scores = { self_confidence: selfConfidence(labels), normalized_margin: normalisedMargin(labels) };
    for (const name of ["self_confidence", "normalized_margin"] as const) {
      near([[...scores[name].slice(0, 20)]], [theirs.scores[name]], 1e-8);
      expect(found(wrong, scores[name])).toBeGreaterThanOrEqual(theirs.averagePrecision[name] - 1e-9);
    }
  });

  it("finds most of the planted errors, and little else", () => {
    const issues = placesOf(labelIssues(labels));
    const hits = issues.filter((item) => wrong[item]).length;
    expect(hits / issues.length).toBeGreaterThan(0.8);
    expect(hits / wrong.filter(Boolean).length).toBeGreaterThan(0.5);
  });
});

describe("classes that do not exclude each other", () => {
  const { given, probabilities, issues } = fixtures.several;

  it.each([0, 1, 2])("class %i: the labels that cleanlab holds to be wrong", (index) => {
    const own: GivenLabels = {
      classes: 2,
      given: given.map((values) => values[index]!),
      probabilities: probabilities.flatMap((values) => [1 - values[index]!, values[index]!]),
    };
    expect(placesOf(labelIssues(own))).toEqual(issues[index]);
  });
});

describe("the quality of masks", () => {
  const sets = fixtures.masks.map(({ images, thresholds, averagePrecision: theirs }) => ({
    masks: images.map(({ truthPixels, otherPixels, truePositives, falsePositives }) => ({
      truthPixels,
      otherPixels,
      counts: { thresholds, truePositives, falsePositives },
    })),
    softmin: images.map((image) => image.softmin),
    wrong: images.map(({ kind }) => kind !== "none"),
    theirs,
  }));

  it.each(sets)("is cleanlab's softmin up to what bins hide, in the same order", ({ masks, softmin }) => {
    const ours = masks.map(softminQuality);
    const off = ours.map((each, at) => Math.abs(each - softmin[at]!));
    expect(Math.max(...off)).toBeLessThan(0.08);
    expect(mean(off)).toBeLessThan(0.025);
    expect(rankCorrelation(ours, softmin)).toBeGreaterThan(0.98);
  });

  it("ranks planted errors from counts no worse than cleanlab does from pixels", () => {
    const over = (quality: typeof maskQuality) =>
      mean(sets.map(({ masks, wrong }) => found(wrong, masks.map(quality))));
    const theirs = mean(sets.map((set) => set.theirs));
    expect(over(maskQuality)).toBeGreaterThan(theirs - 0.001);
    expect(over(softminQuality)).toBeGreaterThan(theirs - 0.005);
    expect(over(softDiceQuality)).toBeGreaterThan(0.9);
  });

  it("is 1 where nothing is marked and nothing predicted, and near 0 where the two exclude each other", () => {
    const counts = { thresholds: [0.5], truePositives: [0], falsePositives: [0] };
    expect(softDiceQuality({ truthPixels: 0, otherPixels: 9, counts })).toBe(1);
    expect(softDiceQuality({ truthPixels: 4, otherPixels: 5, counts: { ...counts, falsePositives: [5] } })).toBeLessThan(0.3); // biome-ignore format: one line
    expect(() => softminQuality({ truthPixels: 0, otherPixels: 0, counts })).toThrow("a mask of some pixels");
  });
});

describe("an estimate of planted noise", () => {
  it("is near the noise that was planted, and finds nothing in clean labels of a sure model", () => {
    const random = randomStream("planted");
    const rates = [[0.9, 0.1, 0], [0, 0.8, 0.2], [0, 0, 1]]; // biome-ignore format: a matrix
    const truth = Array.from({ length: 3000 }, () => random.integer(3));
    const given = truth.map((own) => {
      const at = random.uniform();
      return rates[own]!.findIndex((_, each) => at < rates[own]!.slice(0, each + 1).reduce((a, b) => a + b));
    });
    const probabilities = truth.flatMap((own) => [0, 1, 2].map((each) => (each === own ? 0.9 : 0.05)));
    const noise = noiseMatrix(estimatedJoint({ classes: 3, given, probabilities }, confidentJoint({ classes: 3, given, probabilities }))); // biome-ignore format: one line
    near(noise as number[][], rates, 0.03);
    expect(placesOf(labelIssues({ classes: 3, given: truth, probabilities }))).toEqual([]);
  });

  it("leaves a class its last item, and one that nobody was given alone", () => {
    const labels = { classes: 3, given: [0, 1, 1, 1], probabilities: [0.1, 0.9, 0, 0.2, 0.8, 0, 0, 1, 0, 0.1, 0.9, 0] };
    expect(placesOf(labelIssues(labels))).toEqual([]);
    expect(wrongPerClasses(labels).map((row) => row.reduce((a, b) => a + b))).toEqual([1, 3, 0]);
    const torn = { classes: 3, given: [0, 1, 2, 2], probabilities: [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.85, 0.05, 0.1, 0.05, 0.85, 0.1] }; // biome-ignore format: one line
    expect(confidentJoint(torn)[2]).toEqual([1, 1, 1]);
    expect(placesOf(labelIssues(torn, "noiseRate"))).toHaveLength(1);
    const joint = estimatedJoint(labels, confidentJoint(labels));
    expect(noiseMatrix(joint)[2]).toEqual([null, null, null]);
  });

  it("refuses labels that are no class, and probabilities of another number", () => {
    expect(() => confidentJoint({ classes: 2, given: [0, 2], probabilities: [1, 0, 0, 1] })).toThrow(
      "from 0 to 1, got 2",
    );
    expect(() => confidentJoint({ classes: 2, given: [0], probabilities: [1] })).toThrow("1 x 2 probabilities");
    expect(() => confidentJoint({ classes: 2, given: [], probabilities: [] })).toThrow("at least one");
  });
});

describe("precision at k", () => {
  it("counts planted errors among the first, with Wilson's interval", () => {
    const [one, , five] = precisionAt([true, true, false, true, false], [1, 2, 5, 9]);
    expect(one).toMatchObject({ k: 1, hits: 1, precision: 1, high: 1 });
    expect(five).toMatchObject({ k: 5, hits: 3, precision: 0.6 });
    // statsmodels.stats.proportion.proportion_confint(3, 5, method="wilson")
    expect(five!.low).toBeCloseTo(0.230724, 5);
    expect(five!.high).toBeCloseTo(0.882379, 5);
    expect(wilson(0, 10, 0.95).low).toBe(0);
  });

  it("is read at round places, and at the end", () => {
    expect(roundPlaces(37)).toEqual([1, 2, 5, 10, 20, 37]);
    expect(roundPlaces(0)).toEqual([]);
  });
});

describe("the queue of suspect labels", () => {
  const { given, probabilities, issues, true: truth } = fixtures.several;
  const predictions = given.map((values, item) => ({
    itemId: String(item).padStart(3, "0"),
    truth: values.map((value, index) => (item === 7 && index === 1 ? null : (value as 0 | 1))),
    probabilities: probabilities[item]!,
  }));
  const table = predictionTable(predictions, { classes: ["a", "b", "c"], exclusive: false });
  const { suspects, questions } = suspectClasses(table, "selfConfidence");

  it("has one row per item and class, the most suspect first, without what is not known", () => {
    expect(suspects).toHaveLength(3 * given.length - 1);
    expect(suspects.some(({ itemId, classIndex }) => itemId === "007" && classIndex === 1)).toBe(false);
    expect(suspects.map(({ quality }) => quality)).toEqual(suspects.map(({ quality }) => quality).toSorted((a, b) => a - b)); // biome-ignore format: one line
    for (const { itemId, classIndex, given: own, quality, suggested, suggestedProbability } of suspects) {
      const present = probabilities[Number(itemId)]![classIndex!]!;
      expect(quality).toBeCloseTo(own === 1 ? present : 1 - present, 12);
      expect([suggested, suggestedProbability]).toEqual(present > 0.5 ? [1, present] : [0, 1 - present]);
    }
  });

  it("asks a question per class, and estimates its errors", () => {
    expect(questions.map(({ classIndex, items }) => [classIndex, items])).toEqual([[0, 250], [1, 249], [2, 250]]); // biome-ignore format: one line
    expect(questions[0]!.issues).toBe(issues[0]!.length);
    for (const { classIndex, estimatedErrors } of questions) {
      const planted = given.filter((values, item) => values[classIndex!] !== truth[item]![classIndex!]).length;
      expect(estimatedErrors / planted).toBeGreaterThan(0.6);
      expect(estimatedErrors / planted).toBeLessThan(1.6);
    }
  });

  it("is held against planted errors: precision of the first k, of what is held to be wrong, and recall", () => {
    const row = (quality: number, isPlanted: boolean, isIssue: boolean | null) => ({ quality, isPlanted, isIssue });
    const found = plantedErrors([
      row(0.1, true, true),
      row(0.2, false, true),
      row(0.3, true, false),
      row(0.9, true, false),
    ]);
    expect(found).toMatchObject({ labels: 4, errors: 3, share: 0.75 });
    expect(found.averagePrecision).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12);
    expect(found.precisionAt.map(({ k, hits }) => [k, hits])).toEqual([[1, 1], [2, 1], [4, 3]]); // biome-ignore format: one line
    expect([found.issuePrecision, found.issueRecall]).toMatchObject([{ hits: 1, of: 2 }, { hits: 1, of: 3 }]); // biome-ignore format: one line
    expect(plantedErrors([row(0.1, true, null)])).toMatchObject({ issuePrecision: null, issueRecall: null });
    expect(plantedErrors([])).toMatchObject({ labels: 0, share: 0, averagePrecision: null });
  });
});
