import {
  asPredicted,
  candidates,
  chooseOnValidation,
  type PostProcessing,
  postProcessed,
  postProcessingText,
} from "@tessera/analysis/segmentation/postProcessing";
import { labelMask } from "@tessera/analysis/segmentation/topology";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countsOf, factsOf } from "./facts.ts";
import { anyPair, drawn, flooded, holesOf, type Mask, type Pair } from "./masks.ts";

/** The same done to the pixels. */
function toThePixels(picture: Mask, { keep, minPixels, fillHoles }: PostProcessing): Uint8Array {
  const mask = new Uint8Array(picture.mask.length);
  const large = flooded(picture, 1, true).filter((piece) => piece.length >= minPixels);
  const most = Math.max(...large.map((piece) => piece.length));
  const kept = keep === "all" ? large : large.filter((piece) => piece.length === most).slice(0, 1);
  for (const pixel of kept.flat()) mask[pixel] = 1;
  if (fillHoles) for (const pixel of holesOf({ ...picture, mask }).flat()) mask[pixel] = 1;
  return mask;
}

const anyChoice: fc.Arbitrary<PostProcessing> = fc.record({
  keep: fc.constantFrom("all", "largest"),
  minPixels: fc.integer({ min: 0, max: 12 }),
  fillHoles: fc.boolean(),
});

const nested = drawn(
  "###########",
  "#.........#",
  "#.#######.#",
  "#.#.....#.#",
  "#.#.###.#.#",
  "#.#.#.#.#.#",
  "#.#.###.#.#",
  "#.#.....#.#",
  "#.#######.#",
  "#.........#",
  "###########",
);

describe("postProcessed", () => {
  it("equals doing it to the pixels", () => {
    const check = ({ truth, prediction, width, height }: Pair, choice: PostProcessing) => {
      const facts = factsOf(truth, prediction, width, height);
      const done = toThePixels({ mask: prediction, width, height }, choice);
      const { pieces, holes } = labelMask(done, width, height).topology;
      const total = pieces.reduce((sum, size) => sum + size, 0);
      expect(postProcessed(facts.prediction, facts.counts, choice)).toEqual({
        counts: countsOf(truth, done),
        pieces: pieces.length,
        holes: holes.length,
        largestShare: total === 0 ? null : Math.max(...pieces) / total,
      });
    };
    fc.assert(fc.property(anyPair, anyChoice, check), { seed: 41, numRuns: 600 });
    const truth = nested.mask.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const deep = fc.constant({ truth, prediction: nested.mask, width: nested.width, height: nested.height });
    const upToTheRing = fc.record({
      keep: fc.constant<"all">("all"),
      minPixels: fc.integer({ min: 0, max: 41 }),
      fillHoles: fc.boolean(),
    });
    fc.assert(fc.property(deep, upToTheRing, check), { seed: 42 });
  });

  it("keeps the ring and its dot apart, or fills one with the other", () => {
    const { prediction, counts } = factsOf(nested.mask, nested.mask, nested.width, nested.height);
    expect(postProcessed(prediction, counts, asPredicted)).toMatchObject({ pieces: 3, holes: 3 });
    expect(postProcessed(prediction, counts, { ...asPredicted, fillHoles: true })).toMatchObject({
      pieces: 1,
      holes: 0,
      largestShare: 1,
      counts: { falsePositives: 121 - (40 + 24 + 8) },
    });
  });
});

describe("chooseOnValidation", () => {
  const truth = drawn("####....", "####....", "####...#", "........");
  const of = (...rows: string[]) => [factsOf(truth.mask, drawn(...rows).mask, 8, 4)];

  it("takes the candidate with the highest mean Dice", () => {
    const chosen = chooseOnValidation([
      of("####...#", "#..#.#..", "####...#", "........"),
      of("####....", "#.##....", "####..##", "........"),
    ]);
    expect(postProcessingText(chosen.choice)).toBe("largest piece, holes filled");
    const best = Math.max(...chosen.candidates.map((each) => each.dice!));
    expect(chosen.candidates.find((each) => each.choice === chosen.choice)!.dice).toBe(best);
    expect(chosen.candidates.map((each) => each.choice)).toEqual(candidates);
  });

  it("leaves a prediction alone where nothing is better", () => {
    expect(chooseOnValidation([of("####....", "####....", "####...#", "........")]).choice).toBe(candidates[0]);
    expect(chooseOnValidation([]).choice).toBe(candidates[0]);
  });
});
