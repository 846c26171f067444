import { describe, expect, it } from "vitest";
import {
  atShare,
  emptyMatrix,
  isOver,
  matricesOf,
  matrixMissing,
  matrixSources,
  measuredMatrices,
  withChance,
} from "@/features/labels/noiseMatrix";
import { emptyForm, noiseModels, rateOf, ruleOf } from "@/features/labels/ruleForm";

const grades = { id: "c", task: "CLASSIFICATION", classes: ["none", "mild", "severe"], exclusive: true } as const;
const findings = { id: "f", task: "CLASSIFICATION", classes: ["effusion", "nodule"], exclusive: false } as const;
const of = (source: "uniform" | "pairFlip") => matricesOf({ ...emptyMatrix, source }, grades)!;

describe("a matrix of noise", () => {
  it("flips all labels at full strength, so that a share of it flips that share", () => {
    expect(of("uniform")).toEqual([[[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]]); // biome-ignore format: a matrix
    expect(of("pairFlip")).toEqual([[[0, 1, 0], [0, 0, 1], [1, 0, 0]]]); // biome-ignore format: a matrix
    expect(atShare(of("pairFlip"), 0.2)[0]![2]).toEqual([0.2, 0, 0.8]);
    expect(matricesOf(emptyMatrix, findings)).toEqual([[[0, 1], [1, 0]], [[0, 1], [1, 0]]]); // biome-ignore format: matrices
    // of two values the next one is any other
    expect(matrixSources(findings as never).map(({ value }) => value)).not.toContain("pairFlip");
  });

  it("is measured from the items that both versions know, by true class", () => {
    const change = (before: number | null, after: number | null, items: number) => ({ classIndex: null, before, after, items }); // biome-ignore format: one line
    const changes = [change(0, 0, 90), change(0, 1, 10), change(1, 0, 1), change(1, 2, 3), change(null, 2, 7), change(1, null, 5)]; // biome-ignore format: one line
    const { matrices, counts } = measuredMatrices(changes, grades);
    expect(counts).toEqual([[[90, 10, 0], [1, 0, 3], [0, 0, 0]]]); // biome-ignore format: a matrix
    expect(matrices).toEqual([[[0.9, 0.1, 0], [0.25, 0, 0.75], [0, 0, 1]]]); // biome-ignore format: a matrix
    const pairs = measuredMatrices([{ classIndex: 1, before: 1, after: 0, items: 2 }, { classIndex: 1, before: 1, after: 1, items: 6 }], findings); // biome-ignore format: one line
    expect(pairs.matrices).toEqual([[[1, 0], [0, 1]], [[1, 0], [0.25, 0.75]]]); // biome-ignore format: matrices
  });

  it("keeps its rows at one while a chance is typed, and says when the flips are too many", () => {
    const typed = withChance(of("uniform"), { question: 0, truth: 1, label: 0 }, 0.1);
    expect(typed[0]![1]).toEqual([0.1, 0.4, 0.5]);
    expect(typed[0]![0]).toEqual([0, 0.5, 0.5]);
    const over = withChance(typed, { question: 0, truth: 1, label: 2 }, 0.95);
    expect(isOver(over[0]![1]!)).toBe(true);
    const own = { ...emptyMatrix, source: "own" as const };
    expect(matrixMissing({ ...own, matrices: over }, grades)).toMatch(/at most 100 %/);
    expect(matrixMissing({ ...own, matrices: typed }, grades)).toBeNull();
    expect(matrixMissing({ ...own, matrices: typed }, findings)).toBe("chances of every class"); // of other classes
  });

  it("is a rule of one label version too: mixed with no change, or as it was measured", () => {
    const form = { ...emptyForm, kind: "noise", model: "asymmetric", seed: 4, rate: 50 };
    const rule = ruleOf({ ...form, matrix: { ...emptyMatrix, source: "pairFlip" } }, grades as never);
    expect(rule).toEqual({
      ...{ kind: "noise", seed: 4 },
      model: { kind: "asymmetric", matrices: [[[0.5, 0.5, 0], [0, 0.5, 0.5], [0.5, 0, 0.5]]] },
    }); // biome-ignore format: a matrix
    expect(rateOf({ ...form, rate: null, matrix: { ...emptyMatrix, source: "measured" } }, grades as never)).toBe(100);
    expect(noiseModels(grades as never).map(({ value }) => value)).toContain("asymmetric");
  });
});
