import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { expect, it } from "vitest";
import { armDifferences } from "../../apps/web/src/features/comparison/armDifferences.ts";
import { changesText } from "../../apps/web/src/features/experiment/changesText.ts";
import {
  alike,
  armChanges,
  armConfiguration,
  type DraftArm,
  usedChanges,
  withField,
} from "../../apps/web/src/features/newExperiment/draft.ts";
import { usualValue } from "../../apps/web/src/features/newExperiment/fieldText.ts";

const base = { ...segmentationDefaults };
const random = { kind: "random" } as const;
const decay = { path: "optimizer.weightDecay", value: 0.1 };
const arm = (changes: DraftArm["changes"]): DraftArm => ({ key: 1, name: "a", weights: random, changes });

it("tells an arm's changes and the difference of two arms in the form's words", () => {
  const changes = { startingWeights: random, optimizer: { name: "sgd", learningRate: 0.01 } };
  expect(changesText(changes)).toBe("starts from random weights; Optimiser: SGD with momentum; Learning rate: 0.01");
  expect(changesText({ other: { x: 1 } })).toBe("other.x: 1");
  const adam = { name: "adam", changes: { startingWeights: random } };
  expect(armDifferences(adam, { name: "sgd", changes }, base)).toEqual([
    "Optimiser: Adam → SGD with momentum",
    "Learning rate: 0.001 → 0.01",
    "Momentum: none → 0.9",
    "Nesterov: none → on",
    "Weight decay: none → 0",
    "What is decayed: none → kernels",
  ]);
  expect(armDifferences(adam, { name: "b", changes: { model: { size: 64 } } }, base)).toEqual([
    "Input side: 128 px → 64 px",
  ]);
  expect(armDifferences(adam, { ...adam, name: "again" }, base)).toEqual([]);
  const encoder = { startingWeights: { kind: "run", runId: "r", part: "encoder" } };
  expect(armDifferences(adam, { name: "b", changes: encoder }, base)).toEqual([
    "starts from random weights → from an earlier run (encoder)",
  ]);
});

it("leaves out an arm's change that the optimiser does not have", () => {
  const kept = arm([{ path: "optimizer.name", value: "adamw" }, decay]);
  expect(usedChanges(kept, base)).toEqual(kept.changes);
  const stale = arm([decay]);
  expect(usedChanges(stale, base)).toEqual([]);
  expect(armConfiguration(stale, base)).toEqual(base);
  expect(armChanges(stale, base)).toEqual({ startingWeights: random });
  expect(usedChanges(stale, withField(base, "optimizer.name", "sgd"))).toEqual([decay]);
});

it("takes an optimiser's own option for usual at its own start", () => {
  const sgd = withField(base, "optimizer.name", "sgd");
  expect(usualValue("optimizer.momentum", sgd, base)).toBe(0.9);
  expect(usualValue("optimizer.weightDecay", sgd, base)).toBe(0);
  expect(usualValue("optimizer.name", sgd, base)).toBe("adam");
});

it("finds two arms that are the same, in whatever order their options were written", () => {
  const { model, ...others } = base;
  expect(alike([base, withField(base, "epochs", 2), { ...others, model }])).toEqual([0, 2]);
  expect(alike([base, withField(base, "precision", "bfloat16")])).toBeNull();
});
