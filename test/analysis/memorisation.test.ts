import { memorisationCurves, memorisationOverSeeds, type ToldPoints } from "@tessera/analysis/memorisation/curves";
import { memorisationOf } from "@tessera/analysis/memorisation/onset";
import { type MemorisationSeries, memorisationSeries } from "@tessera/domain/memorisation";
import { describe, expect, it } from "vitest";

const told = (name: MemorisationSeries, values: number[], every = 15): ToldPoints => ({
  series: memorisationSeries[name],
  steps: values.map((_, at) => (at + 1) * every),
  values,
});
const classes = (fitted: number[], chance = 0.5) =>
  memorisationCurves([
    told("cleanLoss", fitted.map(() => 0.1)),
    told("corruptedFitted", fitted),
    told("corruptedChance", fitted.map(() => chance)),
  ])!; // biome-ignore format: short
const masks = (clean: number[], corrupted: number[]) =>
  memorisationCurves([told("cleanLoss", clean), told("corruptedLoss", corrupted)])!;

describe("the curves of a run", () => {
  it("number the epochs by the steps at which something is told, and leave null what is not", () => {
    const curves = memorisationCurves([told("cleanLoss", [3, 2, Number.NaN]), told("cleanFitted", [0.5, 0.6, 0.7])])!;
    expect(curves.epochs).toEqual([1, 2, 3]);
    expect(curves.cleanLoss).toEqual([3, 2, null]);
    expect(curves.corruptedLoss).toEqual([null, null, null]);
  });

  it("are none of a run that tells nothing of it", () => {
    expect(memorisationCurves([{ series: "train/loss", steps: [1], values: [1] }])).toBeNull();
  });
});

describe("the onset of classes", () => {
  it("is the first of three epochs in a row with a share a tenth of the way above chance", () => {
    expect(memorisationOf(classes([0.6, 0.2, 0.3, 0.56, 0.54, 0.56, 0.9, 0.9])).onset).toBe(6); // 0.55 is the line
    expect(memorisationOf(classes([0.2, 0.6, 0.7, 0.8, 0.3, 0.9])).onset).toBe(2); // a bad epoch later does not undo it
    expect(memorisationOf(classes([0.2, 0.6, 0.7])).onset).toBe(2); // the run ends there
    expect(memorisationOf(classes([0.6, 0.7, 0.8])).onset).toBe(1);
  });

  it("is none where the share falls below at once, or never rises", () => {
    expect(memorisationOf(classes([0.1, 0.9, 0.9, 0.5])).onset).toBeNull();
    expect(memorisationOf(classes([0.1, 0.05, 0])).onset).toBeNull();
  });

  it("asks for more where one answer fits most: 70 % are nothing beside 74 %", () => {
    expect(memorisationOf(classes([0.7, 0.72, 0.76, 0.9], 0.74)).onset).toBe(4); // 0.766 is the line
    expect(memorisationOf(classes([0.7, 0.72, 0.76, 0.9], 0.5)).onset).toBe(1);
  });

  it("comes with what is memorised at the end: beyond chance, of what it leaves", () => {
    expect(memorisationOf(classes([0.1, 0.87], 0.74)).share).toBeCloseTo((0.87 - 0.74) / 0.26, 12);
    expect(memorisationOf(classes([0.1, 0.1], 0.5)).share).toBeCloseTo(-0.8, 12);
    expect(memorisationOf(classes([1, 1], 1))).toEqual({ onset: null, share: null });
  });
});

describe("the onset of masks", () => {
  it("is the first of three epochs in a row after the widest gap in which a tenth of it has closed", () => {
    const curves = masks([0.5, 0.3, 0.2, 0.1, 0.1, 0.05], [0.55, 0.5, 0.6, 0.47, 0.4, 0.2]); // gaps .05 .2 .4 .37 .3 .15
    expect(memorisationOf(curves).onset).toBe(5);
    expect(memorisationOf(curves).share).toBeCloseTo(1 - 0.15 / 0.4, 12);
  });

  it("is none while the gap still widens, nor where there is none", () => {
    expect(memorisationOf(masks([0.5, 0.3, 0.1], [0.5, 0.5, 0.5])).onset).toBeNull();
    expect(memorisationOf(masks([0.5, 0.3], [0.4, 0.2]))).toEqual({ onset: null, share: null });
    expect(memorisationOf(memorisationCurves([told("cleanLoss", [0.5, 0.3])])!)).toEqual({ onset: null, share: null });
  });
});

it("several seeds have their bands, and each its own onset", () => {
  const { found, bands } = memorisationOverSeeds([classes([0.2, 0.6, 0.8]), classes([0.4, 0.4, 0.6])]);
  expect(found.map(({ onset }) => onset)).toEqual([2, 3]);
  const { steps, mean, low, high, seeds } = bands.corruptedFitted;
  expect(steps).toEqual([1, 2, 3]);
  expect(mean.map((value) => Number(value!.toFixed(9)))).toEqual([0.3, 0.5, 0.7]);
  expect([low, high, seeds]).toEqual([
    [0.2, 0.4, 0.6],
    [0.4, 0.6, 0.8],
    [2, 2, 2],
  ]);
  expect(bands.corruptedLoss.mean).toEqual([null, null, null]);
});
