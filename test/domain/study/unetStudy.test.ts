import { expandGrid } from "@tessera/domain/configuration/grid";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { lossText } from "@tessera/domain/study/lossText";
import { type StudyChoices, studyOf, unetStudyGrid } from "@tessera/domain/study/unetStudy";
import { describe, expect, it } from "vitest";

const base = segmentationDefaults;
const losses = ["softDice", "softDiceCrossEntropy"];
const choices = (more: Partial<StudyChoices> = {}): StudyChoices => ({
  depths: [3],
  skips: ["all"],
  losses: [],
  ...more,
});

describe("unetStudyGrid", () => {
  it("makes an arm for every depth, skips and loss, and says what it left out", () => {
    const { arms, notes } = unetStudyGrid({ depths: [3, 1, 0], skips: ["all", "none", "cut 0", "cut 2"], losses });
    expect(arms.map((arm) => arm.name)).toEqual([
      ...["all", "none", "cut 0", "cut 2"].flatMap((skips) => losses.map((loss) => `depth 3, skips ${skips}, ${loss}`)),
      ...["all", "none"].flatMap((skips) => losses.map((loss) => `depth 1, skips ${skips}, ${loss}`)),
      ...losses.map((loss) => `depth 0, ${loss}`),
    ]);
    expect(arms[4]!.changes).toEqual({ model: { depth: 3, skips: [false, true, true] }, loss: "softDice" });
    expect(arms[6]!.changes).toMatchObject({ model: { skips: [true, true, false] } });
    expect(notes).toEqual([
      `Depth 1 has no "cut 0" of its own (it has one skip, and cutting that is "none"): left out there.`,
      `Depth 1 has no "cut 2" of its own (it has one skip, and cutting that is "none"): left out there.`,
      `Depth 0 has no skip connections: "none" is left out there.`,
      `Depth 0 has no skip connections: "cut 0" is left out there.`,
      `Depth 0 has no skip connections: "cut 2" is left out there.`,
    ]);
    expect(expandGrid(base, arms, [1, 2])).toHaveLength(arms.length * 2);
  });

  it("keeps the base's loss where none is listed, and names arms by what differs", () => {
    expect(unetStudyGrid(choices({ depths: [5, 2] })).arms).toEqual([
      { name: "depth 5", changes: { model: { depth: 5, skips: [true, true, true, true, true] } } },
      { name: "depth 2", changes: { model: { depth: 2, skips: [true, true] } } },
    ]);
  });

  it.each([
    [{ depths: [] }, "depths: expected at least one"],
    [{ depths: [8] }, "depths: expected whole numbers from 0 to 7, got 8"],
    [{ depths: [2, 2] }, "depths: 2 is listed twice"],
    [{ skips: ["some"] }, `skips: expected "all", "none" or "cut 0" to "cut 6", got "some"`],
    [{ skips: [] }, "skips: expected at least one"],
    [{ losses: ["softDice", { name: "softDice" }] }, "losses: softDice is listed twice"],
    [{ depths: [1], skips: ["cut 4"] }, "skips: none of them is left for depths 1"],
    [
      { depths: [1, 2, 3, 4, 5, 6, 7], skips: ["all", "none", "cut 0", "cut 1"], losses: ["a", "b", "c"] },
      "depths: this grid has 78 arms, over the 50 of an experiment",
    ],
  ])("refuses %j", (more, says) => {
    expect(() => unetStudyGrid(choices(more))).toThrow(says);
  });
});

describe("studyOf", () => {
  it("finds the levels again from the arms alone", () => {
    const { arms } = unetStudyGrid({ depths: [3, 0], skips: ["all", "none", "cut 1"], losses });
    const study = studyOf(arms, base)!;
    expect(study.factors).toEqual([
      { name: "depth", levels: ["3", "0"] },
      { name: "skips", levels: ["all", "none", "cut 1"] },
      { name: "loss", levels: losses },
    ]);
    expect(study.arms.at(-1)).toMatchObject({
      name: "depth 0, softDiceCrossEntropy",
      levels: { depth: "0", skips: "all", loss: "softDiceCrossEntropy" },
      model: { size: 128, depth: 0, skips: [] },
    });
  });

  it("sets depth 0 beside the arms without skips where none has all", () => {
    const { arms } = unetStudyGrid({ depths: [2, 0], skips: ["none"], losses: [] });
    expect(studyOf(arms, base)!.arms.map((arm) => arm.levels.skips)).toEqual(["none", "none"]);
  });

  it("recognises arms that were written by hand, with an older base", () => {
    const { precision: _, ...older } = base;
    const arms = [
      { name: "as it is", changes: { precision: "float32" } },
      { name: "shallow", changes: { model: { depth: 1, skips: [true] }, startingWeights: { kind: "random" } } },
    ];
    expect(studyOf(arms, older)?.arms.map((arm) => arm.levels.depth)).toEqual(["5", "1"]);
  });

  it.each([
    ["one arm", [{}]],
    ["another difference", [{}, { epochs: 3 }]],
    ["another difference of the model", [{}, { model: { baseFilters: 8 } }]],
    ["no difference", [{}, { epochs: base.epochs }]],
    ["two skips cut of five", [{}, { model: { skips: [false, false, true, true, true] } }]],
    ["no U-Net", [{ model: null }, { model: 3 }]],
  ])("is null for %s", (_, changes) => {
    expect(
      studyOf(
        changes.map((each, i) => ({ name: `${i}`, changes: each })),
        base,
      ),
    ).toBeNull();
  });
});

it("names a loss by all that it says", () => {
  expect(lossText("softDice")).toBe("softDice");
  expect(lossText({ name: "softDice", countAbsent: false })).toBe("softDice");
  expect(lossText({ name: "softDice", countAbsent: true })).toBe("softDice (countAbsent true)");
  expect(lossText({ beta: 0.7, name: "tversky", alpha: 0.3 })).toBe("tversky");
  expect(lossText({ beta: 0.6, name: "tversky", alpha: 0.4 })).toBe("tversky (alpha 0.4, beta 0.6)");
  expect(lossText({ name: "other", parts: [1, { a: 2 }] })).toBe('other (parts [1,{"a":2}])');
  expect(lossText({ alpha: 1 })).toBe('{"alpha":1}');
  expect(lossText(undefined)).toBe("none");
});
