import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { expandGrid } from "@tessera/domain/configuration/grid";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import {
  fractionText,
  missingArms,
  sharedText,
  type TransferChoices,
  transferStudyGrid,
  transferStudyOf,
} from "@tessera/domain/study/transferStudy";
import { describe, expect, it } from "vitest";

const random = { name: "random", startingWeights: { kind: "random" } };
const runId = "00000000-0000-4000-8000-000000000001";
const domain = { name: "domain", startingWeights: { kind: "run", runId, part: "encoder" } };
const statistics = {
  name: "statistics",
  startingWeights: { kind: "statistics", of: { kind: "run", runId }, part: "encoder" },
};
const choices = (more: Partial<TransferChoices> = {}): TransferChoices => ({
  arms: [random, domain],
  fractions: [1, 0.05],
  ...more,
});

describe("the grid of a transfer study", () => {
  it("is an arm per start and fraction, by fraction", () => {
    expect(transferStudyGrid(choices())).toEqual([
      { name: "random · 5 %", changes: { startingWeights: { kind: "random" }, trainingFraction: 0.05 } },
      { name: "random · 100 %", changes: { startingWeights: { kind: "random" }, trainingFraction: 1 } },
      { name: "domain · 5 %", changes: { startingWeights: domain.startingWeights, trainingFraction: 0.05 } },
      { name: "domain · 100 %", changes: { startingWeights: domain.startingWeights, trainingFraction: 1 } },
    ]);
    expect([0.07, 1 / 3, 0.001].map(fractionText)).toEqual(["7 %", "33.3333 %", "0.1 %"]);
    expect(expandGrid(classificationDefaults, transferStudyGrid(choices()), [1, 2])).toHaveLength(8);
  });

  it.each([
    [{ arms: [random] }, "arms: expected random weights and at least one other start, got 1"],
    [{ arms: [domain, random] }, `arms: expected the first arm, the reference, to start at random; "domain" does not`],
    [{ arms: [random, domain, { ...statistics, name: "domain" }] }, `arms: "domain" is listed twice`],
    [
      { arms: [random, domain, { ...domain, name: "again" }] },
      `arms: "domain" and "again" start from the same weights`,
    ],
    [{ arms: [random, { ...domain, name: "a · b" }] }, `arms: expected names of 1 to 80 characters without " · "`],
    [{ fractions: [] }, "fractions: expected at least one"],
    [{ fractions: [0.5, 1.5] }, "fractions: expected numbers from 0.001 to 1, got 1.5"],
    [{ fractions: [0.5, 0.5] }, "fractions: 50 % is listed twice"],
    [{ fractions: Array.from({ length: 26 }, (_, i) => (i + 1) / 26) }, "arms: 2 arms × 26 fractions is over the 50"],
  ])("refuses %j", (more, says) => {
    expect(() => transferStudyGrid(choices(more))).toThrow(says);
  });
});

describe("a transfer study is recognised", () => {
  const read = (arms: Parameters<typeof transferStudyOf>[0], base: unknown = segmentationDefaults) =>
    transferStudyOf(arms, base);

  it("by its arms, in whatever order, and gives back the grid", () => {
    const arms = transferStudyGrid(choices({ arms: [random, domain, statistics] }));
    const study = read([...arms].reverse())!;
    expect(study).toMatchObject({ reference: "random", fractions: [0.05, 1] });
    expect(study.arms.map(({ name }) => name)).toEqual(["random", "statistics", "domain"]);
    expect(study.arms[2]).toEqual({
      ...domain,
      cells: [
        { fraction: 0.05, arm: "domain · 5 %" },
        { fraction: 1, arm: "domain · 100 %" },
      ],
    });
  });

  it("where two arms of an older experiment start from other weights alone", () => {
    const { trainingFraction, stepsPerEpoch, ...older } = segmentationDefaults;
    expect([trainingFraction, stepsPerEpoch]).toEqual([1, null]);
    const arms = [
      { name: "scratch", changes: {} },
      { name: "from shapes", changes: { startingWeights: domain.startingWeights } },
    ];
    expect(read(arms, older)).toMatchObject({
      reference: "scratch",
      fractions: [1],
      arms: [{ name: "scratch", cells: [{ fraction: 1, arm: "scratch" }] }, { name: "from shapes" }],
    });
  });

  it.each([
    [
      "something else differs too",
      [
        { name: "a", changes: {} },
        { name: "b", changes: { startingWeights: domain.startingWeights, epochs: 3 } },
      ],
    ],
    [
      "all start alike",
      [
        { name: "a", changes: {} },
        { name: "b", changes: { trainingFraction: 0.5 } },
      ],
    ],
    [
      "none is random",
      [domain, statistics].map(({ name, startingWeights }) => ({ name, changes: { startingWeights } })),
    ],
    [
      "an arm is there twice",
      [...transferStudyGrid(choices()), { name: "twice", changes: { startingWeights: domain.startingWeights } }],
    ],
  ])("not where %s", (_, arms) => {
    expect(read(arms)).toBeNull();
  });
});

describe("what a study lacks of what is asked for", () => {
  const study = transferStudyOf(transferStudyGrid(choices()), segmentationDefaults)!;
  const names = (asked: TransferChoices) => missingArms(study, asked).map(({ name }) => name);

  it("is nothing for the same, and for less", () => {
    expect(names(choices())).toEqual([]);
    expect(names(choices({ fractions: [1] }))).toEqual([]);
  });

  it("is what makes the grid of both full again", () => {
    const asked = choices({ arms: [random, statistics], fractions: [0.25] });
    expect(names(asked)).toEqual([
      "random · 25 %",
      "domain · 25 %",
      "statistics · 5 %",
      "statistics · 25 %",
      "statistics · 100 %",
    ]);
  });

  it("does not repeat an arm that has another name in the experiment", () => {
    const older = transferStudyOf(
      [
        { name: "random", changes: {} },
        { name: "domain", changes: { startingWeights: domain.startingWeights } },
      ],
      segmentationDefaults,
    )!;
    expect(missingArms(older, choices()).map(({ name }) => name)).toEqual(["random · 5 %", "domain · 5 %"]);
  });

  it("cannot be another start under a name, or another name for a start", () => {
    const other = { ...statistics, name: "domain" };
    expect(() => names(choices({ arms: [random, other] }))).toThrow(
      `arm "domain" is there already, from other weights`,
    );
    const renamed = { ...domain, name: "ImageNet" };
    expect(() => names(choices({ arms: [random, renamed] }))).toThrow(`"ImageNet" starts from the weights of "domain"`);
  });
});

it("what all arms share is the same text whatever a base leaves out, starts from, or is ordered by", () => {
  const { trainingFraction: _fraction, stepsPerEpoch: _steps, ...older } = segmentationDefaults;
  const reordered = Object.fromEntries(Object.entries(older).reverse());
  expect(sharedText({ ...reordered, startingWeights: domain.startingWeights })).toBe(sharedText(segmentationDefaults));
  expect(sharedText({ ...segmentationDefaults, stepsPerEpoch: 20 })).not.toBe(sharedText(segmentationDefaults));
});
