import { describe, expect, it } from "vitest";
import { saidText, truthText } from "../../apps/web/src/features/classification/predictionText.ts";
import { headlineScore, scoreName } from "../../apps/web/src/lib/scoreName.ts";

describe("an item's caption", () => {
  const classes = ["normal", "mass", "nodule"];

  it("names what is true, and says where nothing is or nothing is known", () => {
    expect(truthText(classes, { truth: [0, 1, 1] })).toBe("mass, nodule");
    expect(truthText(classes, { truth: [0, 0, null] })).toBe("none");
    expect(truthText(classes, { truth: [null, null, null] })).toBe("not known");
  });

  it("names the likeliest classes first", () => {
    const prediction = { truth: [], probabilities: [0.25, 0.7, 0.05] };
    expect(saidText(classes, prediction)).toBe("mass 0.70, normal 0.25, nodule 0.05");
    expect(saidText(classes, prediction, 1)).toBe("mass 0.70");
  });
});

describe("the headline of a run", () => {
  it("is the AUC of classification and the Dice of segmentation, 0 included", () => {
    expect(headlineScore({ auc: 0, meanDice: null })).toBe(0);
    expect(headlineScore({ auc: null, meanDice: 0.8 })).toBe(0.8);
    expect(headlineScore({ auc: null, meanDice: null })).toBeNull();
    expect([scoreName({ task: "classification" }), scoreName({ task: "segmentation" })]).toEqual(["AUC", "Dice"]);
  });
});
