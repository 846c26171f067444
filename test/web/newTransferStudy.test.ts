/** @file The arithmetic of a transfer study's form. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { fractionText as domainFraction, transferStudyGrid } from "@tessera/domain/study/transferStudy";
import { subsetSize } from "@tessera/domain/trainingSubset";
import { expect, it } from "vitest";
import type { Configuration } from "../../apps/web/src/features/newExperiment/draft.ts";
import {
  armName,
  armsMissing,
  budgetOf,
  type DraftArm,
  fractionText,
  offeredFractions,
  partSize,
  passesOf,
  statisticsOf,
  suggestedName,
  toggled,
  usualSteps,
} from "../../apps/web/src/features/newTransferStudy/draft.ts";
import type { Source } from "../../apps/web/src/features/startingWeights/sources.ts";
import { startingWeights } from "../../apps/web/src/features/startingWeights/startingWeights.ts";

const sources: readonly Source[] = [
  { kind: "imported", id: "w", name: "ImageNet", label: "ImageNet", model: {}, classes: 2 },
  { kind: "run", id: "r", name: "films, seed 1", label: "films", model: {}, classes: 2 },
];
const random: DraftArm = { key: 0, name: "", weights: { kind: "random" } };
const arm = (key: number, weights: DraftArm["weights"], name = ""): DraftArm => ({ key, name, weights });
const base = { ...classificationDefaults, batchSize: 8, epochs: 10, stepsPerEpoch: 25 } as unknown as Configuration;

it("counts the items of a share as the run does, and names it as its arms do", () => {
  for (const items of [0, 7, 40, 4708]) {
    for (const fraction of offeredFractions) {
      expect(partSize(items, fraction)).toBe(subsetSize(items, fraction) + 0); // of none: 0, not -0
      expect(Object.is(partSize(items, fraction), -0)).toBe(false);
      expect(fractionText(fraction)).toBe(domainFraction(fraction));
    }
  }
});

it("says the budget in updates, and how often it passes the items of a share", () => {
  expect(budgetOf(base)).toBe(250);
  expect(budgetOf({ ...base, stepsPerEpoch: null })).toBeNull();
  expect(passesOf(base, 400, 1)).toBe(5); // 250 updates of 8 items over 400
  expect(passesOf(base, 400, 0.05)).toBe(100);
  expect(passesOf(base, 0, 0.05)).toBeNull();
  expect([usualSteps(8, 401), usualSteps(8, undefined)]).toEqual([51, 50]);
});

it("suggests a name for an arm that has none", () => {
  const imported = startingWeights("imported", "w", { part: "encoder" });
  expect(suggestedName(imported, sources)).toBe("ImageNet");
  expect(suggestedName(startingWeights("imported", "w", { part: "firstBlocks", blocks: 3 }), sources)).toBe(
    "first 3 blocks of ImageNet",
  );
  expect(suggestedName(statisticsOf(imported)!, sources)).toBe("statistics of ImageNet");
  expect(suggestedName(startingWeights("run", "r", { part: "all" }), sources)).toBe("films, seed 1, all layers");
  expect(suggestedName(startingWeights("run", "", { part: "all" }), sources)).toBe("");
  expect([armName(random, sources), armName(arm(1, imported, " mine "), sources)]).toEqual(["random", "mine"]);
});

it("makes statistics of what an arm starts from, and of nothing else", () => {
  const run = startingWeights("run", "r", { part: "firstBlocks", blocks: 2 });
  expect(statisticsOf(run)).toEqual({
    kind: "statistics",
    of: { kind: "run", runId: "r" },
    part: "firstBlocks",
    blocks: 2,
  });
  expect(statisticsOf({ kind: "random" })).toBeNull();
  expect(statisticsOf(statisticsOf(run)!)).toBeNull();
  expect(statisticsOf(startingWeights("run", "", { part: "all" }))).toBeNull();
});

it("lacks what the api would refuse", () => {
  const imported = arm(1, startingWeights("imported", "w", { part: "encoder" }));
  const refused = (arms: readonly DraftArm[]) => () =>
    transferStudyGrid({
      arms: arms.map((each) => ({ name: armName(each, sources), startingWeights: each.weights })),
      fractions: [0.1, 1],
    });
  const cases: readonly (readonly [readonly DraftArm[], string | null])[] = [
    [[random, imported], null],
    [[random], "weights to compare with random ones"],
    [[random, arm(1, imported.weights, "a · b")], "names without “ · ”"],
    [[random, arm(1, imported.weights, "random")], "different names for the arms"],
    [[random, imported, arm(2, imported.weights, "again")], "different starting weights for the arms"],
    [[random, arm(1, startingWeights("run", "", { part: "all" }))], "a name for every arm"],
  ];
  for (const [arms, said] of cases) {
    expect(armsMissing(arms, sources)).toEqual(said === null ? [] : [said]);
    if (said === null) expect(refused(arms)).not.toThrow();
    else expect(refused(arms), said).toThrow();
  }
});

it("keeps the shares in order", () => {
  expect(toggled([0.05, 1], 0.25)).toEqual([0.05, 0.25, 1]);
  expect(toggled([0.05, 0.25, 1], 0.25)).toEqual([0.05, 1]);
});
