import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { unetStudyGrid } from "@tessera/domain/study/unetStudy";
import { describe, expect, it } from "vitest";
import { depthsOf, possible, skipsOf, studyMs, toggled } from "../../apps/web/src/features/newUNetStudy/choices.ts";
import { effectPanels, type Factor, fieldText, levelText, short } from "../../apps/web/src/features/unetStudy/study.ts";

describe("the form's ticks", () => {
  it("offer the depths that divide the input side, deepest first", () => {
    expect(
      depthsOf(96)
        .filter(({ fits }) => fits)
        .map(({ label }) => label),
    ).toEqual([
      "depth 5: 96 → 3 px",
      "depth 4: 96 → 6 px",
      "depth 3: 96 → 12 px",
      "depth 2: 96 → 24 px",
      "depth 1: 96 → 48 px",
      "no reduction (depth 0)",
    ]);
    expect(
      depthsOf(null)
        .filter(({ fits }) => fits)
        .map(({ depth }) => depth),
    ).toEqual([0]);
  });

  it("are levels that the domain knows", () => {
    const skips = skipsOf([3, 0]).map(({ level }) => level);
    expect(skips).toEqual(["all", "none", "cut 0", "cut 1", "cut 2"]);
    expect(unetStudyGrid({ depths: [3, 0], skips, losses: ["softDice"] }).arms).toHaveLength(6);
  });

  it("keep their order, and go where the input side or the depth no longer has them", () => {
    expect(toggled([5, 0], 3, [7, 5, 3, 0])).toEqual([5, 3, 0]);
    expect(toggled([5, 3, 0], 5, [7, 5, 3, 0])).toEqual([3, 0]);
    const ticked = { depths: [5, 2], skips: ["all", "cut 3"], losses: ["softDice"] };
    expect(possible(ticked, 128)).toEqual(ticked);
    expect(possible(ticked, 100)).toEqual({ depths: [2], skips: ["all"], losses: ["softDice"] });
  });

  it("are estimated from a finished run like one of the arms, the others by their multiply-adds", () => {
    const arm = (depth: number, multiplyAdds: number) => ({
      name: `${depth}`,
      configuration: { ...segmentationDefaults, model: { ...segmentationDefaults.model, depth } },
      model: { parameters: 1, receptiveField: 1, multiplyAdds },
    });
    const finished = {
      id: "1",
      state: "SUCCEEDED",
      step: 10,
      startedAt: "2026-01-01T00:00:00Z",
      finishedAt: "2026-01-01T00:00:02Z", // 200 ms a step
      configuration: arm(5, 0).configuration,
    } as never;
    const arms = [arm(5, 100), arm(0, 5)];
    // 80 items in batches of 8, 15 epochs: 150 steps
    expect(studyMs(arms, 2, 80, [finished])).toBeCloseTo(2 * 150 * (200 + 10), 6);
    expect(studyMs(arms, 2, 80, [])).toBeNull();
    expect(studyMs(arms, 2, undefined, [finished])).toBeNull();
  });
});

describe("the board's texts", () => {
  it("say levels in words", () => {
    expect(["5", "0"].map((level) => levelText("depth", level))).toEqual(["depth 5", "no reduction"]);
    expect(["all", "none", "cut 0", "cut 2"].map((level) => levelText("skips", level))).toEqual([
      "all skips",
      "no skips",
      "finest cut",
      "level 3 cut",
    ]);
    expect(levelText("loss", "softDiceCrossEntropy")).toBe("soft Dice + cross-entropy");
    expect(levelText("loss", "tversky (alpha 0.5, beta 0.5)")).toBe("tversky (alpha 0.5, beta 0.5)");
  });

  it("say weights and receptive fields shortly", () => {
    expect([2817, 25809, 7778609, 936378368, 4.5e9].map(short)).toEqual([
      "2,817",
      "25.8 k",
      "7.78 M",
      "936 M",
      "4.5 G",
    ]);
    expect([fieldText(100, 128), fieldText(412, 128), fieldText(412, undefined)]).toEqual([
      "100 px",
      "412 px ≥ image",
      "412 px",
    ]);
  });

  it("set the reference at 0 and leave a gap where nothing is known yet", () => {
    const level = { arms: 1, parameters: 1, receptiveField: 1, multiplyAdds: 1, partners: null };
    const none = { equivalentError: null, largestShare: null, pieceExcess: null };
    const dice = { estimate: -0.2, low: -0.3, high: -0.1 };
    const factor = {
      name: "depth",
      reference: "5",
      levels: [
        { ...level, ...none, level: "5", dice: null },
        { ...level, ...none, level: "0", dice },
      ],
    } as unknown as Factor;
    const metrics = ["dice", "pieceExcess"].map((name) => ({
      name,
      label: name,
      unit: null,
      higherIsBetter: true,
      convention: "",
    }));
    const [first, second] = effectPanels(factor, metrics);
    expect(first!.rows).toEqual([
      { arm: "depth 5", mean: 0 },
      { arm: "no reduction", mean: -0.2, low: -0.3, high: -0.1 },
    ]);
    expect(second!.rows[1]).toEqual({ arm: "no reduction", mean: undefined, low: undefined, high: undefined });
  });
});
