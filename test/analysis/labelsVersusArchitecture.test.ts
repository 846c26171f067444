/** Labels against architecture: SciPy's and statsmodels' numbers (fixtures/factorial.py), grids with holes, and what is a grid at all. */
import { readFileSync } from "node:fs";
import { type FactorialArm, labelsVersusArchitecture, seedSpread } from "@tessera/analysis/labelsVersusArchitecture";
import { labelsAndArchitecture } from "@tessera/domain/study/labelsAndArchitecture";
import { describe, expect, it } from "vitest";

const fixture = JSON.parse(readFileSync(new URL("fixtures/factorial.json", import.meta.url), "utf8"));

const counts = { planned: 6, pending: 0, failed: 0 };
const arms: FactorialArm[] = (fixture.values as number[][][]).flatMap(
  (row, l) =>
  row.map((values, a) => ({ name: `${l}${a}`, labels: `v${l}`, architecture: `a${a}`, counts, runs: values.map((value, seed) => ({ seed, value, n: 40 })) })), // biome-ignore format: one line
);
const near = ({ estimate, low, high }: { estimate: number; low: number; high: number }) => ({
  estimate: expect.closeTo(estimate, 8),
  low: expect.closeTo(low, 8),
  high: expect.closeTo(high, 8),
});

describe("against SciPy and statsmodels", () => {
  const found = labelsVersusArchitecture(arms);

  it("main effects and interaction, t over paired seeds", () => {
    expect(found.labels.map(({ level, reference, arms: pairs }) => [level, reference, pairs])).toEqual([
      ["v1", "v0", 2],
    ]);
    expect(found.labels[0]!.judged!.difference).toMatchObject({ ...near(fixture.labels), seeds: 6, n: 40 });
    expect(found.labels[0]!.judged!.verdict).toBe("better");
    expect(found.architecture[0]!.judged!.difference).toMatchObject(near(fixture.architecture));
    expect(found.interaction[0]!.judged!.difference).toMatchObject(near(fixture.interaction));
    expect(found.interaction[0]!.level).toBe("v1 × a1");
  });

  it("the seed alone: the SD pooled over arms, with Graybill and Wang's interval", () => {
    const [sd, low, high] = fixture.seed;
    expect(found.seed).toEqual({ sd: expect.closeTo(sd, 8), low: expect.closeTo(low, 8), high: expect.closeTo(high, 8), seeds: 6, arms: 4 }); // biome-ignore format: one line
    expect(sd).toBeCloseTo(fixture.pooled, 10);
  });
});

describe("what is not there", () => {
  it("an arm that is missing leaves the pair that is there, and no interaction", () => {
    const found = labelsVersusArchitecture(arms.filter(({ name }) => name !== "11"));
    expect(found.labels[0]).toMatchObject({ arms: 1 });
    expect(found.labels[0]!.judged!.difference.estimate).toBeCloseTo(mean(arms[2]!) - mean(arms[0]!), 10);
    expect(found.interaction).toEqual([]);
  });

  it("a seed that one arm lacks is left out of what that arm is in", () => {
    const short = arms.map((arm) => (arm.name === "10" ? { ...arm, runs: arm.runs.slice(1) } : arm));
    const found = labelsVersusArchitecture(short);
    expect(found.labels[0]!.judged!.difference.seeds).toBe(5);
    expect(found.seed).toMatchObject({ seeds: 5 });
  });

  it("runs that are open keep the verdict back; arms without a score have no effect", () => {
    const open = arms.map((arm) => ({ ...arm, counts: { ...counts, pending: 1 } }));
    expect(labelsVersusArchitecture(open).labels[0]!.judged!.verdict).toBeNull();
    const none = labelsVersusArchitecture(arms.map((arm) => ({ ...arm, runs: [] })));
    expect(none.labels[0]).toMatchObject({ judged: null, reason: expect.stringMatching(/^No comparison yet/) });
    expect(none.seed).toBeNull();
  });

  it("one arm alone has Student's chi-square interval", () => {
    const { sd, low, high } = seedSpread([arms[0]!])!;
    // chi-square quantiles of 5 degrees of freedom: 0.8312 and 12.8325
    expect(low / sd).toBeCloseTo(Math.sqrt(5 / 12.8325), 4);
    expect(high / sd).toBeCloseTo(Math.sqrt(5 / 0.8312), 3);
  });
});

describe("a grid of labels and architectures", () => {
  const arm = (labelVersionId: string, model: object, more: object = {}) => ({ name: `${labelVersionId} ${JSON.stringify(model)}`, labelVersionId, configuration: { task: "segmentation", model, loss: "a", ...more } }); // biome-ignore format: one line
  const [small, large] = [{ family: "unet", depth: 2, filters: 8 }, { family: "unet", depth: 4, filters: 8 }]; // biome-ignore format: one line

  it("names what differs between the models", () => {
    const grid = labelsAndArchitecture([arm("v1", small), arm("v1", large), arm("v2", small), arm("v2", large)])!;
    expect(grid.map(({ labelVersionId, architecture }) => [labelVersionId, architecture])).toEqual([["v1", "depth 2"], ["v1", "depth 4"], ["v2", "depth 2"], ["v2", "depth 4"]]); // biome-ignore format: one line
    const skips = (depth: number, ...on: boolean[]) => ({ family: "unet", depth, skips: on });
    const cut = labelsAndArchitecture([arm("v1", skips(2, true, true)), arm("v2", skips(1, true)), arm("v2", skips(2, false, true))])!; // biome-ignore format: one line
    expect(cut.map(({ architecture }) => architecture)).toEqual(["depth 2, skips all", "depth 1, skips all", "depth 2, skips off on"]); // biome-ignore format: one line
    const uncut = labelsAndArchitecture([arm("v1", skips(2, true, true)), arm("v2", skips(1, true))])!;
    expect(uncut.map(({ architecture }) => architecture)).toEqual(["depth 2", "depth 1"]);
    const families = labelsAndArchitecture([arm("v1", { family: "resnet" }), arm("v2", { family: "mobilenet", alpha: 0.5 })])!; // biome-ignore format: one line
    expect(families.map(({ architecture }) => architecture)).toEqual(["resnet", "mobilenet, alpha 0.5"]);
  });

  it("is none where one of the two, or something else, differs", () => {
    expect(labelsAndArchitecture([arm("v1", small), arm("v1", large)])).toBeNull();
    expect(labelsAndArchitecture([arm("v1", small), arm("v2", small)])).toBeNull();
    expect(labelsAndArchitecture([arm("v1", small), arm("v2", large, { loss: "b" })])).toBeNull();
    expect(labelsAndArchitecture([arm("v1", small), arm("v1", small), arm("v2", large)])).toBeNull();
  });
});

const mean = ({ runs }: FactorialArm) => runs.reduce((sum, { value }) => sum + value!, 0) / runs.length;
