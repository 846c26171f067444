import { describe, expect, it } from "vitest";
import { agreementRows } from "@/features/labels/agreementRows";
import { changeMatrix, valueName } from "@/features/labels/changeMatrix";
import { emptyForm, needsReader, noiseModels, ruleKinds, ruleOf } from "@/features/labels/ruleForm";

const classes = { id: "c", task: "CLASSIFICATION", classes: ["none", "mild", "severe"], exclusive: true } as const;
const masks = { id: "m", task: "SEGMENTATION", classes: ["polyp"], exclusive: null } as const;

describe("the form of a new label version", () => {
  it("offers the rules of the task, and becomes what the api takes", () => {
    expect(ruleKinds(masks as never).map(({ value }) => value)).not.toContain("dawidSkene");
    expect(ruleKinds(classes as never).map(({ value }) => value)).not.toContain("staple");
    expect(ruleOf(emptyForm, classes as never)).toEqual({ kind: "majority", ties: "unknown" });
    expect(ruleOf({ ...emptyForm, readers: ["b", "a"] }, masks as never)).toEqual({ kind: "majority", readers: ["b", "a"], ties: "background" }); // biome-ignore format: one line
    const noise = { ...emptyForm, kind: "noise", seed: 4 };
    expect(ruleOf(noise, classes as never)).toEqual({
      kind: "noise",
      seed: 4,
      model: { kind: "symmetric", rate: 0.2 },
    });
    expect(ruleOf({ ...noise, model: "spuriousBlobs", pixels: 3, rate: 100 }, masks as never)).toEqual({
      kind: "noise",
      seed: 4,
      model: { kind: "spuriousBlobs", count: 2, radius: [3, 6], rate: 1 },
    });
    expect(needsReader({ ...noise, model: "secondReader" })).toBe(true);
    expect(noiseModels(masks as never).map(({ value }) => value)).not.toContain("symmetric");
  });
});

describe("changed classes", () => {
  it("are a matrix of the values that occur, what is not known last", () => {
    const changes = [
      { classIndex: 0, before: null, after: 1, items: 2 },
      { classIndex: 0, before: 1, after: 0, items: 3 },
      { classIndex: 0, before: 1, after: 1, items: 5 },
      { classIndex: 1, before: 0, after: 0, items: 9 },
    ];
    const { values, lines } = changeMatrix(changes, 0);
    expect(values).toEqual([0, 1, null]);
    expect(lines.map(({ before, items, cells }) => [before, items, cells.map(({ n }) => n)])).toEqual([[0, 0, [0, 0, 0]], [1, 8, [3, 5, 0]], [null, 2, [0, 2, 0]]]); // biome-ignore format: a table
    expect(valueName(null, classes as never)).toBe("not known");
    expect(valueName(1, classes as never)).toBe("mild");
    expect(valueName(1, { ...classes, exclusive: false } as never)).toBe("present");
  });
});

it("agreement is listed group by group, what is undefined as nothing", () => {
  const estimate = { value: 0.5, low: 0.3, high: 0.7, items: 12 };
  const pair = {
    a: "a",
    b: "b",
    table: [],
    kappa: estimate,
    linear: { ...estimate, value: null, low: null, high: null },
    quadratic: estimate,
  };
  const overall = {
    className: null,
    fleiss: estimate,
    alpha: estimate,
    ordinalAlpha: estimate,
    pairs: [pair, { ...pair, b: "c" }],
  };
  const agreement = { readers: [], overall, classes: [], masks: [], maskPairs: 0, measuredPairs: 0 };
  const rows = agreementRows(agreement as never, classes as never);
  expect([...new Set(rows.map(({ group }) => group))]).toEqual(["All readers", "Each two readers, Cohen’s kappa", "Weighted linearly", "Weighted quadratically"]); // biome-ignore format: one line
  expect(rows.filter(({ group }) => group === "Weighted linearly").map(({ value }) => value)).toEqual([null, null]);
  const one = {
    a: "a",
    b: "b",
    classIndex: 0,
    items: 9,
    dice: 0.8,
    low: 0.7,
    high: 0.9,
    hd95: 2.25,
    bothEmpty: 0,
    oneEmpty: 1,
  };
  const [row] = agreementRows({ ...agreement, overall: null, masks: [one] } as never, masks as never);
  expect(row).toMatchObject({ group: "Dice", name: "a · b", more: "2.3 px; one empty 1" });
});
