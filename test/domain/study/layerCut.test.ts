import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { layerCutArms, layerCutOf } from "@tessera/domain/study/layerCut";
import { transferStudyGrid, transferStudyOf } from "@tessera/domain/study/transferStudy";
import { describe, expect, it } from "vitest";

const source = { kind: "run", runId: "10000000-0000-4000-8000-000000000000" } as const;
const model = { family: "resnet", size: 28, baseFilters: 4, blocks: [1, 2], stem: "3x3" } as const;
const base = { ...classificationDefaults, model, trainingFraction: 0.25 };
const choices = { base, source, blocks: [], statistics: false };
const armsOf = (more: object = {}, fractions = [0.25]) =>
  transferStudyGrid({ arms: layerCutArms({ ...choices, ...more }), fractions });

describe("layerCutArms", () => {
  it("are random weights, every cut, all blocks, and the statistics where asked for", () => {
    expect(layerCutArms({ ...choices, statistics: true })).toEqual([
      { name: "random", startingWeights: { kind: "random" } },
      { name: "1 of 4 blocks", startingWeights: { ...source, part: "firstBlocks", blocks: 1 } },
      { name: "2 of 4 blocks", startingWeights: { ...source, part: "firstBlocks", blocks: 2 } },
      { name: "3 of 4 blocks", startingWeights: { ...source, part: "firstBlocks", blocks: 3 } },
      { name: "all 4 blocks", startingWeights: { ...source, part: "encoder" } },
      { name: "statistics only", startingWeights: { kind: "statistics", of: source, part: "encoder" } },
    ]);
    expect(layerCutArms({ ...choices, blocks: [3, 1, 3] }).map(({ name }) => name)).toEqual([
      "random",
      "1 of 4 blocks",
      "3 of 4 blocks",
      "all 4 blocks",
    ]);
  });

  it("are refused outside the model's blocks, which are named", () => {
    expect(() => layerCutArms({ ...choices, blocks: [4] })).toThrow(
      "blocks: expected whole numbers from 1 to 3, got 4; this model has stem, stage1/block0, stage2/block0, stage2/block1",
    );
    expect(() => layerCutArms({ ...choices, base: { ...base, model: { ...model, size: 2 } } })).toThrow("model.size");
    const flat = { ...segmentationDefaults, model: { ...segmentationDefaults.model, depth: 0, skips: [] } };
    expect(() => layerCutArms({ ...choices, base: flat })).toThrow("a model of one block");
  });
});

describe("layerCutOf", () => {
  const points = [0, 1, 2, 3, 4];

  it("reads back what was asked for, whatever the order", () => {
    const arms = armsOf({ statistics: true });
    const cut = layerCutOf(arms.toReversed(), base)!;
    expect(cut).toMatchObject({ source, statistics: "statistics only · 25 %" });
    expect(cut.blocks).toEqual(["stem", "stage1/block0", "stage2/block0", "stage2/block1"]);
    expect(cut.points.map(({ k }) => k)).toEqual(points);
    expect(cut.points[3]!.arm).toBe("3 of 4 blocks · 25 %");
    expect(transferStudyOf(arms, base)).not.toBeNull();
  });

  it("takes all blocks by number for the whole encoder", () => {
    const arms = armsOf().map((arm) =>
      arm.name.startsWith("all")
        ? { ...arm, changes: { ...arm.changes, startingWeights: { ...source, part: "firstBlocks", blocks: 4 } } }
        : arm,
    );
    expect(layerCutOf(arms, base)!.points.map(({ k }) => k)).toEqual(points);
  });

  it("is of one source and one fraction, from random to the whole encoder, with a cut between", () => {
    const arms = armsOf();
    const without = (name: string) => arms.filter((arm) => !arm.name.startsWith(name));
    expect(layerCutOf(without("random"), base)).toBeNull();
    expect(layerCutOf(without("all"), base)).toBeNull();
    expect(
      layerCutOf(
        arms.filter(({ name }) => !/^\d/.test(name)),
        base,
      ),
    ).toBeNull();
    expect(layerCutOf(armsOf({}, [0.25, 1]), base)).toBeNull();
    const longer = arms.map((arm, i) => (i === 1 ? { ...arm, changes: { ...arm.changes, epochs: 3 } } : arm));
    expect(layerCutOf(longer, base)).toBeNull();
    const other = { ...source, runId: "20000000-0000-4000-8000-000000000000" };
    const foreign = { name: "other", changes: { startingWeights: { ...other, part: "firstBlocks", blocks: 1 } } };
    expect(layerCutOf([...without("1 of"), foreign], base)).toBeNull();
    const whole = { name: "head too", changes: { startingWeights: { ...source, part: "all" } } };
    expect(layerCutOf([...arms, whole], base)).toBeNull();
    expect(layerCutOf([...arms, { ...arms[1]!, name: "again" }], base)).toBeNull();
    expect(layerCutOf([...arms, { name: "wrong", changes: { epochs: 0 } }], base)).toBeNull();
  });
});
