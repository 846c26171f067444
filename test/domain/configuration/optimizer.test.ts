import { expandGrid, withChanges } from "@tessera/domain/configuration/grid";
import {
  parseSegmentation,
  segmentationDefaults,
  segmentationProblems,
} from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";

const withOptimizer = (optimizer: object, rest: object = {}) => ({ ...segmentationDefaults, ...rest, optimizer });
const off = { warmupEpochs: 0, clipNorm: 0, accumulationSteps: 1, emaDecay: 0 };
const rate = { learningRate: 0.01, schedule: "constant" };

describe("what a configuration may leave out", () => {
  it.each([
    { given: { name: "adam" }, filled: off },
    { given: { name: "adamw" }, filled: { ...off, weightDecay: 0.01, decayed: "kernels" } },
    {
      given: { name: "sgd", momentum: 0.99 },
      filled: { ...off, momentum: 0.99, nesterov: true, weightDecay: 0, decayed: "kernels" },
    },
  ])("$given.name", ({ given, filled }) => {
    expect(parseSegmentation(withOptimizer({ ...given, ...rate })).optimizer).toEqual({ ...given, ...rate, ...filled });
  });

  it("of a schedule", () => {
    const parsed = (schedule: string) =>
      parseSegmentation(withOptimizer({ name: "adam", learningRate: 0.01, schedule })).optimizer;
    expect(parsed("polynomial")).toMatchObject({ power: 0.9 });
    expect(parsed("step")).toMatchObject({ stepEpochs: 30, stepFactor: 0.1 });
  });

  it("is nothing that a configuration of the first release did otherwise", () => {
    const old = { name: "adam", learningRate: 1e-3, schedule: "cosine" };
    expect(parseSegmentation(withOptimizer(old)).optimizer).toEqual({ ...old, ...off });
    expect(segmentationDefaults.optimizer).toEqual({ ...old, ...off });
  });
});

describe("what is refused, by the field's name", () => {
  it.each([
    { field: "optimizer.name", optimizer: { name: "lion", ...rate } },
    { field: "optimizer.schedule", optimizer: { name: "adam", learningRate: 0.1, schedule: "linear" } },
    { field: "optimizer.weightDecay", optimizer: { name: "adam", ...rate, weightDecay: 0.1 } }, // adam has none
    { field: "optimizer.weightDecay", optimizer: { name: "adamw", ...rate, weightDecay: -1 } },
    { field: "optimizer.decayed", optimizer: { name: "sgd", ...rate, decayed: "biases" } },
    { field: "optimizer.momentum", optimizer: { name: "sgd", ...rate, momentum: 1 } },
    { field: "optimizer.momentum", optimizer: { name: "adamw", ...rate, momentum: 0.9 } },
    { field: "optimizer.nesterov", optimizer: { name: "sgd", ...rate, momentum: 0, nesterov: true } },
    { field: "optimizer.power", optimizer: { name: "adam", ...rate, power: 0.9 } },
    { field: "optimizer.stepFactor", optimizer: { name: "adam", learningRate: 0.1, schedule: "step", stepFactor: 2 } },
    { field: "optimizer.warmupEpochs", optimizer: { name: "adam", ...rate, warmupEpochs: 16 } }, // of 15
    { field: "optimizer.clipNorm", optimizer: { name: "adam", ...rate, clipNorm: -1 } },
    { field: "optimizer.emaDecay", optimizer: { name: "adam", ...rate, emaDecay: 1 } },
    { field: "optimizer.accumulationSteps", optimizer: { name: "adam", ...rate, accumulationSteps: 3 } }, // of 8
    { field: "optimizer.accumulationSteps", optimizer: { name: "adam", ...rate, accumulationSteps: 0 } },
  ])("$field in $optimizer", ({ field, optimizer }) => {
    expect(segmentationProblems(withOptimizer(optimizer)).map((problem) => problem.field)).toEqual([field]);
  });
});

describe("an arm with another optimiser", () => {
  const sgd = withOptimizer({ name: "sgd", ...rate, schedule: "step", weightDecay: 1e-4, stepEpochs: 5, clipNorm: 12 });

  it("drops what only the base's had, keeps the rest, and fills its own", () => {
    const [run] = expandGrid(sgd, [{ name: "a", changes: { optimizer: { name: "adamw" } } }], [1]);
    expect(run!.configuration.optimizer).toEqual({
      ...off,
      name: "adamw",
      learningRate: 0.01,
      schedule: "step",
      stepEpochs: 5,
      stepFactor: 0.1,
      clipNorm: 12,
      weightDecay: 0.01, // adamw's own, not the 1e-4 of sgd
      decayed: "kernels",
    });
    expect(withChanges(sgd, { optimizer: { schedule: "cosine" } })).toMatchObject({
      optimizer: expect.not.objectContaining({ stepEpochs: 5 }),
    });
  });

  it("keeps everything where name and schedule stay, a typo too, which is then refused", () => {
    expect(withChanges(sgd, { optimizer: { learningRate: 0.1 } })).toEqual({
      ...sgd,
      optimizer: { ...sgd.optimizer, learningRate: 0.1 },
    });
    const typo = { ...sgd, optimizer: { ...sgd.optimizer, momentun: 1 } };
    expect(() => expandGrid(typo, [{ name: "a", changes: { optimizer: { name: "adam" } } }], [1])).toThrow("momentun");
  });
});
