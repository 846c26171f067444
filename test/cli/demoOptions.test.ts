import { plantedTruth, predictors } from "@tessera/cli/demo/dice/predictors";
import { jsonLine, type PlantedTruths, sentences } from "@tessera/cli/demo/dice/result";
import { readDemoOptions } from "@tessera/cli/demo/options";
import { plantedRegions } from "@tessera/synthetic/plantedRegions";
import { describe, expect, it } from "vitest";

describe("readDemoOptions", () => {
  it("asks about starting weights where no question is named", () => {
    expect(readDemoOptions([])).toEqual({
      question: "weights",
      kvasir: null,
      items: 200,
      size: 64,
      epochs: 15,
      seeds: 3,
      seed: 1,
      exit: false,
    });
    expect(readDemoOptions(["--question", "weights", "--kvasir", "/data/kvasir-seg"])).toMatchObject({
      kvasir: "/data/kvasir-seg",
      items: undefined,
      size: 128,
      seeds: 2,
    });
  });

  it("asks whether a Dice is real", () => {
    const usual = { question: "dice", items: 72, size: 128, seeds: 3, seed: 1, exit: false };
    expect(readDemoOptions(["--question", "dice"])).toEqual(usual);
    expect(readDemoOptions(["--question", "dice", "--seed", "7", "--exit"])).toEqual({ ...usual, seed: 7, exit: true });
  });

  it("asks whether pretraining helps", () => {
    expect(readDemoOptions(["--question", "transfer"])).toEqual({
      question: "transfer",
      planted: "pattern",
      items: 900,
      size: 32,
      epochs: 28,
      seeds: 5,
      seed: 1,
      exit: false,
    });
    const changed = ["--planted", "none", "--items", "120", "--seeds", "2", "--epochs", "3", "--seed", "9", "--exit"];
    expect(readDemoOptions(["--question", "transfer", ...changed])).toMatchObject({
      planted: "none",
      items: 120,
      seeds: 2,
      epochs: 3,
      seed: 9,
      exit: true,
    });
  });

  it("asks which pooling finds the few tiles that tell", () => {
    const usual = { question: "slides", items: 240, epochs: 20, seeds: 3, seed: 1, exit: false };
    expect(readDemoOptions(["--question", "slides"])).toEqual(usual);
    const changed = ["--items", "60", "--epochs", "2", "--seeds", "1", "--seed", "4", "--exit"];
    expect(readDemoOptions(["--question", "slides", ...changed])).toEqual({
      ...{ question: "slides", items: 60, epochs: 2, seeds: 1, seed: 4, exit: true },
    });
  });

  it.each([
    [["--question", "noise"], '--question: expected weights, dice, transfer, labels or slides, got "noise"'],
    [
      ["--question", "dice", "--epochs", "3"],
      '--epochs: belongs to the question "weights" or "transfer" or "labels" or "slides"; leave it out',
    ],
    [["--question", "dice", "--kvasir", "x"], "--kvasir: belongs to"],
    [["--question", "dice", "--items", "5"], '--items: expected a whole number from 24 to 1000, got "5"'],
    [["--question", "slides", "--size", "64"], '--size: belongs to the question "weights" or "dice"'],
    [["--question", "slides", "--items", "11"], '--items: expected a whole number from 12 to 1000, got "11"'],
    [["--seed", "-1"], "--seed"],
    [["--planted", "none"], '--planted: belongs to the question "transfer"; leave it out'],
    [["--question", "transfer", "--kvasir", "x"], '--kvasir: belongs to the question "weights"'],
    [["--question", "transfer", "--planted", "noise"], '--planted: expected pattern or none, got "noise"'],
    [["--question", "transfer", "--items", "53"], '--items: expected a whole number from 54 to 10000, got "53"'],
  ])("refuses %j", (args, says) => {
    expect(() => readDemoOptions(args)).toThrow(says);
  });

  it("answers --help with nothing to do", () => {
    expect(readDemoOptions(["--question", "dice", "--help"])).toBeNull();
  });
});

describe("the answer of the question dice", () => {
  const regions = plantedRegions({ seed: 2, items: 24, size: 64 });
  const truths = Object.fromEntries(
    predictors.map((predictor) => [predictor.key, plantedTruth(predictor, regions, [1, 2])]),
  ) as unknown as PlantedTruths;
  const arms = <T extends object>(of: (truth: (typeof truths)["A"]) => T) =>
    predictors.map(({ key, arm }) => ({ arm, low: 0.9, high: 1.1, ...of(truths[key]) }));
  const row = (name: string, aggregation: "PER_ITEM" | "POOLED") => ({
    name,
    key: name,
    aggregation,
    background: false,
    order: predictors.map(({ arm }) => arm),
    arms: arms((truth) => ({ mean: aggregation === "POOLED" ? truth.dicePooled : truth.dicePerItem })),
  });
  const [a, b] = predictors.map(({ arm }) => arm) as [string, string];
  const swap = { convention: "pooled", key: "pooled", armX: a, armY: b, reference: 0.2, difference: -0.1 };
  const boards = {
    items: 24,
    size: 64,
    ledger: { rows: [row("per item", "PER_ITEM"), row("pooled", "POOLED")], swaps: [swap] },
    regionSizes: { arms: arms(() => ({ equivalentError: 1.01 })) },
    contiguity: {
      arms: arms(({ pieces, holes, specks, falsePieces }) => ({ pieces, holes, specks, falsePieces })),
      postProcessing: [],
    },
  };

  it("is one line of JSON", () => {
    const line = JSON.parse(jsonLine(boards, truths));
    expect(line).toMatchObject({
      conventions: { "per item": { A: truths.A.dicePerItem }, pooled: { C: truths.C.dicePooled } },
      swaps: 1,
      equivalentError: { shift1: { truth: 1, estimate: 1.01, low: 0.9, high: 1.1 } },
    });
    expect(Object.keys(line)).toEqual(["conventions", "swaps", "equivalentError", "contiguity"]);
    expect(Object.keys(line.contiguity)).toEqual(["A", "B", "C"]);
    expect(line.contiguity.C.specks).toEqual({ truth: truths.C.specks, estimate: truths.C.specks });
    expect(line.contiguity.C.specks.truth).toBeGreaterThan(0.5);
    expect(line.contiguity.C.holes.truth).toBeGreaterThan(0.1);
  });

  it("is a few sentences with the planted values in brackets", () => {
    const text = sentences(boards, truths, 2).join("\n");
    const show = (value: number) => value.toFixed(3);
    expect(text).toContain(`${b}   ${show(truths.B.dicePerItem)} (${show(truths.B.dicePerItem)})`);
    expect(text).toContain("1.01 px (0.90 to 1.10; planted 1)");
    expect(text).toContain(`B finds nothing of ${(100 * truths.B.missedItems).toFixed(0)} % of the items`);
  });
});
