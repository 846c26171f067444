import { contiguity } from "@tessera/analysis/segmentation/contiguity";
import { lesionScores } from "@tessera/analysis/segmentation/lesions";
import { expect, it } from "vitest";
import { factsOf } from "./facts.ts";
import { drawn } from "./masks.ts";

// Three lesions: one split in two, one missed, one found well; and a piece on nothing.
const truth = drawn("####....##", "####....##", "........##", "#.........", "#.......#.");
const prediction = drawn("##.#....##", "##.#....##", "#.........", "....##....", "....##....");
const { truth: profile, prediction: measures } = factsOf(truth.mask, prediction.mask, 10, 5);

it("counts lesions found, and predicted pieces on a lesion", () => {
  expect(profile.topology.pieces).toEqual([8, 6, 2, 1]);
  expect(measures.topology.pieces).toEqual([5, 2, 4, 4]);
  const [sensitivity, precision] = [2 / 4, 3 / 4];
  expect(lesionScores(profile.topology, measures)).toEqual({
    truthPieces: 4,
    predictedPieces: 4,
    sensitivity,
    precision,
    f1: (2 * sensitivity * precision) / (sensitivity + precision),
    meanDice: ((2 * 6) / (8 + 7) + (2 * 4) / (6 + 4) + 0 + 0) / 4,
  });
});

it("asks for an IoU with the union where the rule says so", () => {
  // 6 of 9 pixels with the first lesion, 4 of 6 with the second; the predicted pieces alone: 4 of 9, 2 of 8, 4 of 6.
  expect(lesionScores(profile.topology, measures, { minIou: 0.6 })).toMatchObject({
    sensitivity: 2 / 4,
    precision: 1 / 4,
  });
  expect(lesionScores(profile.topology, measures, { minIou: 0.7 })).toMatchObject({ sensitivity: 0, f1: 0 });
});

it("rewards no empty prediction, and leaves nothing against nothing undefined", () => {
  const none = new Uint8Array(50);
  const scoresOf = (a: Uint8Array, b: Uint8Array) => {
    const { truth, prediction } = factsOf(a, b, 10, 5);
    return lesionScores(truth.topology, prediction);
  };
  expect(scoresOf(truth.mask, none)).toMatchObject({ sensitivity: 0, precision: null, f1: 0, meanDice: 0 });
  expect(scoresOf(none, truth.mask)).toMatchObject({ sensitivity: null, precision: 0, f1: 0, meanDice: 0 });
  expect(scoresOf(none, none)).toMatchObject({ sensitivity: null, precision: null, f1: null, meanDice: null });
});

it("sees what Dice does not: pieces, specks, holes, pieces on nothing, lesions in parts", () => {
  expect(contiguity(profile.topology, measures)).toEqual({
    pieces: 4,
    truthPieces: 4,
    holes: 0,
    largestShare: 5 / 15,
    specks: 0,
    falsePieces: 1,
    splitPieces: 1,
  });
  const large = drawn("#########.#", "#.#######..", "#########..", "#########..");
  const speck = factsOf(large.mask, large.mask, 11, 4);
  expect(contiguity(speck.truth.topology, speck.prediction)).toMatchObject({
    specks: 1,
    holes: 1,
    largestShare: 35 / 36,
  });
});
