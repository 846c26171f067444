import { withChanges } from "@tessera/domain/configuration/grid";
import { segmentationLosses } from "@tessera/domain/configuration/loss";
import { parseSegmentation, segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";
import { armDifferences } from "../../apps/web/src/features/comparison/armDifferences.ts";
import { changesText, shownOptions } from "../../apps/web/src/features/experiment/changesText.ts";
import {
  armChanges,
  armConfiguration,
  type DraftArm,
  isUsed,
  withField,
} from "../../apps/web/src/features/newExperiment/draft.ts";
import { allFields } from "../../apps/web/src/features/newExperiment/fields.ts";
import { fieldLabel, placeOf, usualValue, valueText } from "../../apps/web/src/features/newExperiment/fieldText.ts";
import { lossOf } from "../../apps/web/src/features/newExperiment/lossText.ts";

const base = { ...segmentationDefaults };

describe("the form's options", () => {
  it.each(segmentationLosses)("of %s are those of the domain, at its values", (name) => {
    const form = withField(base, "loss.name", name);
    const parsed = parseSegmentation({ ...base, loss: name });
    expect(form).toEqual(parsed);
    const shown = allFields.filter((field) => field.path.startsWith("loss.") && isUsed(field, form));
    expect(shown.map(({ path }) => path).sort()).toEqual(
      Object.keys(parsed.loss)
        .map((field) => `loss.${field}`)
        .sort(),
    );
    expect(lossOf(name)).toEqual(parsed.loss);
  });

  it("name every loss", () => {
    const field = allFields.find(({ path }) => path === "loss.name");
    expect(field?.kind === "choice" && field.options.map(({ value }) => value)).toEqual([...segmentationLosses]);
  });
});

it("an arm is checked as the api will make it", () => {
  const tversky = { ...withField(withField(base, "loss.name", "tversky"), "loss.beta", 0.9) };
  const changes = [
    { path: "loss.gamma", value: 2 },
    { path: "loss.name", value: "focalTversky" },
  ];
  const arm: DraftArm = { key: 1, name: "a", weights: { kind: "random" }, changes };
  const sent = parseSegmentation(withChanges(tversky, armChanges(arm, tversky)));
  expect(sent.loss).toEqual({ name: "focalTversky", alpha: 0.3, beta: 0.7, gamma: 2, countAbsent: false });
  expect(armConfiguration(arm, tversky)).toEqual(sent);
});

describe("a loss in words", () => {
  it.each([
    { loss: "softDice", words: "soft Dice" },
    { loss: { name: "softDice", countAbsent: true }, words: "soft Dice, absent classes counted" },
    { loss: "focalTversky", words: "focal Tversky, α 0.3, β 0.7, γ 1.33" },
    { loss: { gamma: 2, name: "focalTversky", beta: 0.9, alpha: 0.1 }, words: "focal Tversky, α 0.1, β 0.9, γ 2" },
    { loss: { name: "generalizedDice", background: false }, words: "generalised Dice, without background" },
    { loss: "weightedCrossEntropy", words: "cross-entropy, U-Net’s weights, w₀ 10, σ 5" },
    { loss: { name: "bce", reduction: "mean" }, words: 'bce, reduction "mean"' }, // of a foreign run
  ])("$words", ({ loss, words }) => {
    expect(shownOptions({ loss, epochs: 1 })).toEqual([
      ["loss", lossOf(loss)],
      ["epochs", 1],
    ]);
    expect(valueText("loss", loss)).toBe(words);
  });

  it("is one line of a configuration, usual where it is the default, however it was written", () => {
    expect([fieldLabel("loss"), placeOf("loss")]).toEqual(["Loss", placeOf("loss.name")]);
    const stored = { loss: { countAbsent: false, name: "softDiceCrossEntropy" } };
    for (const configuration of [base, stored, { loss: "softDiceCrossEntropy" }]) {
      const [[, value]] = shownOptions({ loss: configuration.loss }) as [[string, unknown]];
      expect(JSON.stringify(value)).toBe(JSON.stringify(usualValue("loss", configuration, base)));
    }
    expect(shownOptions({ loss: { reduction: "mean" } })).toEqual([["loss.reduction", "mean"]]);
  });

  it("tells an arm's change, a part of a loss too", () => {
    expect(changesText({ epochs: 2, loss: { name: "focal" } })).toBe("Epochs: 2; Loss: focal, α 0.25, γ 2");
    expect(changesText({ loss: "softDice" })).toBe("Loss: soft Dice");
    expect(changesText({ loss: { beta: 0.9 } })).toBe("Loss β: 0.9");
  });

  it("tells the difference of two arms, over a base of either form", () => {
    const none = { name: "a", changes: {} };
    const arm = (loss: unknown) => ({ name: "b", changes: { loss } });
    for (const loss of ["softDiceCrossEntropy", base.loss]) {
      const given = { ...base, loss };
      expect(armDifferences(none, arm("softDiceCrossEntropy"), given)).toEqual([]);
      expect(armDifferences(none, arm({ name: "tversky", beta: 0.9 }), given)).toEqual([
        "Loss: soft Dice + cross-entropy → Tversky, α 0.3, β 0.9",
      ]);
    }
    const tversky = { ...base, loss: { name: "tversky", alpha: 0.1, beta: 0.9, countAbsent: false } };
    expect(armDifferences(none, arm({ beta: 0.8 }), tversky)).toEqual([
      "Loss: Tversky, α 0.1, β 0.9 → Tversky, α 0.1, β 0.8",
    ]);
    expect(armDifferences(none, arm("tversky"), tversky)).toEqual([
      "Loss: Tversky, α 0.1, β 0.9 → Tversky, α 0.3, β 0.7",
    ]);
  });
});
