import { parseRule } from "@tessera/domain/labels/parseRule";
import { canonicalJson, needsSource } from "@tessera/domain/labels/rule";
import { ruleText } from "@tessera/domain/labels/ruleText";
import { describe, expect, it } from "vitest";

const masks = { task: "segmentation", classes: ["polyp"], exclusive: null } as const;
const grades = { task: "classification", classes: ["none", "mild", "severe"], exclusive: true } as const;
const findings = { task: "classification", classes: ["mass", "effusion"], exclusive: false } as const;
const from = { number: 3, contentHash: "c", chainHash: "h" };

describe("a rule", () => {
  it("is completed, so that what is pinned does not depend on what was left out", () => {
    expect(parseRule({ kind: "majority" }, grades)).toEqual({ kind: "majority", readers: null, ties: "unknown" });
    expect(parseRule({ kind: "majority" }, masks)).toEqual({ kind: "majority", readers: null, ties: "background" });
    expect(parseRule({ kind: "staple" }, masks)).toEqual({ kind: "staple", readers: null, threshold: 0.5 });
    const polygon = { kind: "noise", seed: 1, model: { kind: "polygon", tolerance: 2 } };
    expect(parseRule(polygon, masks)).toEqual({ ...polygon, model: { ...polygon.model, rate: 1 } });
  });

  it.each([
    [{ kind: "dawidSkene" }, masks, "rule.kind"],
    [{ kind: "majority", readers: [] }, masks, "rule.readers: expected a list of different readers' names"],
    [{ kind: "majority", readers: ["a", "a"] }, masks, "rule.readers"],
    [{ kind: "singleReader" }, masks, "rule.reader: expected a reader's name, got nothing"],
    [{ kind: "noise", seed: 1 }, masks, "rule.model.kind: expected one of boundaryShift"],
    [{ kind: "noise", seed: 0.5, model: { kind: "dilation", pixels: 1 } }, masks, "rule.seed"],
    [
      { kind: "noise", seed: 1, model: { kind: "dilation", pixels: 1, by: 2 } },
      masks,
      "rule.model.by: expected one of the fields kind, rate, pixels",
    ],
    [
      { kind: "noise", seed: 1, model: { kind: "spuriousBlobs", count: 2, radius: [5, 3] } },
      masks,
      "rule.model.radius",
    ],
    [
      {
        kind: "noise",
        seed: 1,
        model: {
          kind: "asymmetric",
          matrices: [
            [
              [0.9, 0.2],
              [0, 1],
            ],
            [
              [1, 0],
              [0, 1],
            ],
          ],
        },
      },
      findings,
      "a matrix for each of 2 classes of 2 rows",
    ],
  ])("%j is refused", (rule, schema, message) => {
    expect(() => parseRule(rule, schema)).toThrow(message);
  });

  it("of findings may have a matrix for each", () => {
    const model = { kind: "asymmetric", matrices: [[[0.9, 0.1], [0, 1]], [[1, 0], [0.3, 0.7]]] }; // biome-ignore format: matrices
    expect(parseRule({ kind: "noise", seed: 1, model }, findings)).toEqual({ kind: "noise", seed: 1, model });
  });

  it("says in words what it is, and whether it begins with a version", () => {
    const noise = parseRule({ kind: "noise", seed: 7, model: { kind: "boundaryShift", pixels: 2, rate: 0.25 } }, masks);
    expect(ruleText({ rule: noise, from })).toBe(
      "version 3 with noise: outlines moved 2 px in or out in 25 % of the items; seed 7",
    );
    expect(ruleText({ rule: parseRule({ kind: "adjudicated", adjudicator: "Ada" }, grades), from })).toBe(
      'adjudicated by "Ada", else as in version 3',
    );
    expect([needsSource(noise), needsSource(parseRule({ kind: "majority" }, masks))]).toEqual([true, false]);
  });

  it("has one text, whatever the order of its fields", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: 1e-6 })).toBe('{"a":0.000001,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ a: undefined, b: 1 })).toBe(canonicalJson({ b: 1 }));
  });
});
