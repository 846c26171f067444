import { expandGrid, withChanges } from "@tessera/domain/configuration/grid";
import { completeLoss, lossFields, segmentationLosses } from "@tessera/domain/configuration/loss";
import {
  parseSegmentation,
  segmentationDefaults,
  segmentationProblems,
} from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";

const withLoss = (loss: unknown) => ({ ...segmentationDefaults, loss });
const tversky = { name: "tversky", alpha: 0.3, beta: 0.7, countAbsent: false };
const arm = (loss: unknown) => [{ name: "a", changes: { loss } }];
const lossOfArm = (base: unknown, loss: unknown) => expandGrid(withLoss(base), arm(loss), [1])[0]!.configuration.loss;

describe("a loss by its name", () => {
  it.each(segmentationLosses)("%s is that loss with its own values, and is allowed", (name) => {
    const parsed = parseSegmentation(withLoss(name));
    expect(parsed).toEqual(parseSegmentation(withLoss({ name })));
    expect(parsed.loss).toEqual(completeLoss(name));
    expect(Object.keys(parsed.loss)).toEqual(lossFields(name));
    expect(parseSegmentation(parsed)).toEqual(parsed);
  });

  it("is the default, as before losses had parameters", () => {
    expect(segmentationDefaults.loss).toEqual({ name: "softDiceCrossEntropy", countAbsent: false });
    expect(parseSegmentation(withLoss("softDiceCrossEntropy"))).toEqual(segmentationDefaults);
  });

  it("fills what is left out", () => {
    expect(parseSegmentation(withLoss({ name: "tversky", beta: 0.9 })).loss).toEqual({ ...tversky, beta: 0.9 });
    expect(completeLoss("focalTversky")).toMatchObject({ gamma: 4 / 3 });
  });
});

describe("what is refused, by the field's name", () => {
  it.each([
    { field: "loss.name", loss: "dice" },
    { field: "loss.name", loss: { name: "dice" } },
    { field: "loss.name", loss: { alpha: 0.3 }, more: ["loss.alpha"] },
    { field: "loss.name", loss: 3 },
    { field: "loss.name", loss: undefined },
    { field: "loss.alpha", loss: { name: "softDice", alpha: 0.3 } },
    { field: "loss.alpha", loss: { ...tversky, alpha: 0 } },
    { field: "loss.beta", loss: { ...tversky, beta: 1.1 } },
    { field: "loss.gamma", loss: { ...tversky, gamma: 2 } },
    { field: "loss.gamma", loss: { name: "focalTversky", gamma: 0.5 } },
    { field: "loss.gamma", loss: { name: "focal", gamma: -1 } },
    { field: "loss.alpha", loss: { name: "focal", alpha: 1 } },
    { field: "loss.countAbsent", loss: { name: "softDice", countAbsent: "no" } },
    { field: "loss.background", loss: { name: "generalizedDice", background: 1 } },
    { field: "loss.w0", loss: { name: "weightedCrossEntropy", w0: -1 } },
    { field: "loss.sigma", loss: { name: "weightedCrossEntropy", sigma: 0 } },
    { field: "loss.weight", loss: { name: "boundaryCrossEntropy", weight: 1000 } },
    { field: "loss.sigma", loss: { name: "boundaryCrossEntropy", sigma: null } },
    { field: "loss.beta", loss: { name: "softBootstrap", beta: 1.5 } },
    { field: "loss.beta", loss: { name: "hardBootstrap", beta: 0 } },
    { field: "loss.q", loss: { name: "generalizedCrossEntropy", q: 0 } },
    { field: "loss.logZero", loss: { name: "symmetricCrossEntropy", logZero: 1 } },
    { field: "loss.beta", loss: { name: "symmetricCrossEntropy", alpha: 0, beta: 0 } },
    { field: "loss.q", loss: { name: "softBootstrap", q: 0.5 } },
  ])("$field in $loss", ({ field, loss, more = [] }) => {
    expect(segmentationProblems(withLoss(loss)).map((problem) => problem.field)).toEqual([field, ...more]);
  });
});

describe("an arm with another loss", () => {
  it("takes a plain name for that loss with its own values", () => {
    expect(lossOfArm("softDice", "tversky")).toEqual(tversky);
    expect(lossOfArm({ ...tversky, beta: 0.9 }, "tversky")).toEqual(tversky);
  });

  it("drops what only the base's had, and fills its own", () => {
    const focal = { name: "focalTversky", alpha: 0.1, beta: 0.9, gamma: 2 };
    expect(lossOfArm(focal, { name: "focal" })).toEqual({ name: "focal", alpha: 0.25, gamma: 2 });
    expect(lossOfArm(focal, { name: "tversky", alpha: 0.2 })).toEqual({ ...tversky, alpha: 0.2 });
  });

  it("keeps the rest where the name stays, also over a base that names its loss only", () => {
    expect(lossOfArm({ ...tversky, beta: 0.9 }, { alpha: 0.1 })).toEqual({ ...tversky, alpha: 0.1, beta: 0.9 });
    expect(lossOfArm("tversky", { alpha: 0.1 })).toEqual({ ...tversky, alpha: 0.1 });
    expect(withChanges({ loss: "softDice" }, { loss: { countAbsent: true } })).toEqual({
      loss: { name: "softDice", countAbsent: true },
    });
  });

  it("keeps a typo, which is then refused", () => {
    expect(() => lossOfArm({ ...tversky, alhpa: 1 }, { name: "focal" })).toThrow("loss.alhpa");
  });
});
