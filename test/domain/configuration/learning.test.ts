import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { parseRun, runProblems } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";

describe.each([segmentationDefaults, classificationDefaults])("how much a run of $task learns from", (defaults) => {
  it("is all, in epochs of one pass, where a configuration says nothing", () => {
    const { trainingFraction, stepsPerEpoch, ...before } = defaults;
    expect({ trainingFraction, stepsPerEpoch }).toEqual({ trainingFraction: 1, stepsPerEpoch: null });
    expect(parseRun(before)).toEqual(defaults);
  });

  it("is a share above 0, and a whole number of steps or null", () => {
    expect(runProblems({ ...defaults, trainingFraction: 0.05, stepsPerEpoch: 40 })).toEqual([]);
    for (const trainingFraction of [0, 1.1, "0.5", null]) {
      const [problem] = runProblems({ ...defaults, trainingFraction });
      expect(problem).toMatchObject({ field: "trainingFraction", expected: "a number from 0.001 to 1" });
    }
    for (const stepsPerEpoch of [0, 1.5, "40"]) {
      expect(runProblems({ ...defaults, stepsPerEpoch })).toMatchObject([{ field: "stepsPerEpoch" }]);
    }
  });
});
