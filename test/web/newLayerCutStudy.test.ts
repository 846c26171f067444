/** @file The arithmetic of a layer-cut study's form, and what it makes of a refusal. */
import { CombinedGraphQLErrors } from "@apollo/client";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { layerCutArms } from "@tessera/domain/study/layerCut";
import { blocksOf } from "@tessera/domain/weights/blocks";
import { expect, it } from "vitest";
import { overlapsOf } from "../../apps/web/src/features/lineage/refusedOverlaps.ts";
import { fieldOf } from "../../apps/web/src/features/newExperiment/refusedField.ts";
import {
  armCount,
  armsText,
  cutsOf,
  possibleCuts,
  sourceInput,
  usualCuts,
} from "../../apps/web/src/features/newLayerCutStudy/draft.ts";
import { startingWeights } from "../../apps/web/src/features/startingWeights/startingWeights.ts";

it("offers the cuts that the api takes, and counts the arms that it makes", () => {
  const model = { family: "mobilenetV1", size: 64, alpha: 0.25 } as const;
  const base = { ...classificationDefaults, model };
  const blocks = blocksOf(model);
  expect(blocks).toHaveLength(14);
  const source = { kind: "run", runId: "00000000-0000-4000-8000-000000000000" } as const;
  for (const statistics of [true, false]) {
    for (const cuts of [possibleCuts(14), usualCuts(14), [3]]) {
      expect(layerCutArms({ base, source, blocks: cuts, statistics })).toHaveLength(armCount(cuts, statistics));
    }
  }
  expect(() => layerCutArms({ base, source, blocks: [possibleCuts(14).length + 1], statistics: false })).toThrow("13");
});

it("spreads the first choice of cuts, and keeps of it what a smaller model has", () => {
  expect(usualCuts(14)).toEqual([1, 4, 7, 10, 13]);
  expect(usualCuts(6)).toEqual([1, 2, 3, 4, 5]);
  expect([usualCuts(2), usualCuts(1), usualCuts(0)]).toEqual([[1], [], []]);
  expect(cutsOf(null, 6)).toEqual([1, 2, 3, 4, 5]);
  expect(cutsOf([9, 2, 5], 6)).toEqual([2, 5]);
  expect(cutsOf([], 6)).toEqual([]);
  expect(armsText([2], true)).toBe("1 cut, random, the whole, statistics");
});

it("names the source as the mutation takes it, or none", () => {
  const part = { part: "encoder" } as const;
  expect(sourceInput(startingWeights("run", "r", part))).toEqual({ runId: "r" });
  expect(sourceInput(startingWeights("imported", "w", part))).toEqual({ weightsId: "w" });
  expect([sourceInput(startingWeights("imported", "", part)), sourceInput({ kind: "random" })]).toEqual([null, null]);
});

it("reads the pictures of a refusal, and the field of any other", () => {
  const refusal = (extensions: Record<string, unknown>) =>
    new CombinedGraphQLErrors({ errors: [{ message: "refused", extensions }] });
  const overlaps = [{ runId: "r", runName: "hop", count: 1, pairs: [{ seen: "a", test: "b", kind: "near" }] }];
  expect(overlapsOf(refusal({ code: "CONFLICT", field: "startingWeights", overlaps }))).toEqual(overlaps);
  expect(overlapsOf(refusal({ code: "CONFLICT", field: "name" }))).toBeNull();
  expect([overlapsOf(undefined), overlapsOf(new Error("no network"))]).toEqual([null, null]);
  expect(fieldOf(refusal({ code: "CONFLICT", field: "name" }))).toBe("name");
  expect([fieldOf(refusal({})), fieldOf(new Error("no network"))]).toEqual([null, null]);
});
