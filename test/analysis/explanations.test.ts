import { readFileSync } from "node:fs";
import { binaryAuc } from "@tessera/analysis/binaryAuc";
import { centreMap, edgeMap, greyOf } from "@tessera/analysis/explanations/baselineMaps";
import { localisation } from "@tessera/analysis/explanations/localisation";
import { rankCorrelation } from "@tessera/analysis/explanations/rankCorrelation";
import { compareMaps, rankedMap, similarities } from "@tessera/analysis/explanations/similarity";
import { structuralSimilarity } from "@tessera/analysis/explanations/structuralSimilarity";
import { guardCheck, methodVerdict } from "@tessera/analysis/explanations/verdict";
import { mean } from "@tessera/analysis/summary";
import { similarityMeasures } from "@tessera/domain/inspections/guard";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

interface Case {
  readonly kind: string;
  readonly a: number[];
  readonly b: number[];
  readonly mask: number[];
  readonly signed: number;
  readonly magnitude: number;
  readonly structure: number;
  readonly auc: number;
  readonly edges: number[];
}
const fixture = JSON.parse(readFileSync(new URL("./fixtures/explanations.json", import.meta.url), "utf8")) as {
  readonly size: number;
  readonly cases: readonly Case[];
};

describe("similarity of two maps", () => {
  it.each(fixture.cases)("is SciPy's: $kind", ({ a, b, signed, magnitude, structure }) => {
    expect(rankCorrelation(a, b)).toBeCloseTo(signed, 10);
    expect(structuralSimilarity(a, b, fixture.size)).toBeCloseTo(structure, 10);
    const got = similarities(rankedMap(Float32Array.from(a)), rankedMap(Float32Array.from(b)));
    expect(got.magnitude).toBeCloseTo(magnitude, 6);
    expect(got.signed).toBeCloseTo(signed, 6);
  });

  it("does not know the scale of a map, and knows its sign", () => {
    const { a } = fixture.cases[0]!;
    const map = rankedMap(Float32Array.from(a));
    const larger = rankedMap(Float32Array.from(a, (value) => 7 * value));
    const against = rankedMap(Float32Array.from(a, (value) => -value));
    for (const measure of similarityMeasures) expect(similarities(map, larger)[measure]).toBeCloseTo(1, 6);
    expect(similarities(map, against)).toMatchObject({
      signed: expect.closeTo(-1, 6),
      magnitude: expect.closeTo(1, 6),
    });
  });

  it("is 0 with a blank map, whose order says nothing", () => {
    const [blank, map] = [new Float32Array(196), Float32Array.from(fixture.cases[0]!.a)].map(rankedMap);
    expect(blank!.blank).toBe(true);
    expect(map!.blank).toBe(false);
    expect(similarities(map!, blank!)).toMatchObject({ signed: 0, magnitude: 0 });
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
  });
});

/** 16 x 16 of smooth noise. */
function noise(...key: (string | number)[]): Float32Array {
  const random = randomStream("map", ...key);
  const waves = Array.from({ length: 6 }, () => [
    random.between(0.2, 1.2),
    random.between(0.2, 1.2),
    random.between(0, 6),
  ]);
  return Float32Array.from({ length: 256 }, (_, i) =>
    waves.reduce((sum, [x, y, phase]) => sum + Math.sin((i % 16) * x! + Math.floor(i / 16) * y! + phase!), 0),
  );
}

describe("what is left without the model", () => {
  const items = Array.from({ length: 200 }, (_, item) => item);
  /** A part of the variance is the item's, the rest is the network's and the item's. */
  const maps = (network: string, share: number) =>
    items.map((item) => {
      const [image, own] = [noise("image", item), noise(network, item)];
      return rankedMap(image.map((value, i) => Math.sqrt(share) * value + Math.sqrt(1 - share) * own[i]!));
    });

  it.each([0, 0.3, 0.7, 1])("is the image's share of the variance: %f", (share) => {
    const { left } = compareMaps(maps("a", share), maps("b", share));
    expect(Math.abs(mean(left.signed) - share)).toBeLessThan(0.06);
    if (share === 1) for (const measure of similarityMeasures) expect(mean(left[measure]!)).toBeCloseTo(1, 6);
  });

  it("takes off what any two maps share, as a prior for the middle", () => {
    const middle = centreMap(16);
    const central = (network: string) =>
      items.map((item) => rankedMap(noise(network, item).map((value, i) => value + middle[i]!)));
    const { similarity, chance, left } = compareMaps(central("a"), central("b"));
    expect(similarity.signed).toBeGreaterThan(0.5); // alike, and of different images as much
    expect(Math.abs(similarity.signed - chance.signed)).toBeLessThan(0.05);
    expect(Math.abs(mean(left.signed))).toBeLessThan(0.1);
  });
});

describe("the verdict", () => {
  const left = (signed: readonly number[], magnitude = signed, structure = signed) => ({
    signed,
    magnitude,
    structure,
  });
  const about = (middle: number, spread: number) => [-2, -1, 0, 1, 2].map((step) => middle + step * spread);

  it.each([
    { name: "the same map always", values: left(about(1, 0)), verdict: "independent" },
    { name: "nothing left", values: left(about(0, 0.1)), verdict: "passes" },
    {
      name: "a sign of its own, edges by magnitude",
      values: left(about(0, 0.1), about(0.95, 0.01)),
      verdict: "independent",
    },
    { name: "half left by magnitude", values: left(about(0, 0.1), about(0.5, 0.02)), verdict: "partly" },
    { name: "little left, but the draws do not agree", values: left(about(0.2, 0.3)), verdict: "partly" },
    { name: "much left, but not surely nearly all", values: left(about(0.85, 0.1)), verdict: "partly" },
    { name: "four draws", values: left([1, 1, 1, 1]), verdict: "undecided" },
  ])("$name: $verdict", ({ values, verdict }) => {
    expect(guardCheck(values).verdict).toBe(verdict);
  });

  it("has Student's interval over the draws", () => {
    const [signed] = guardCheck(left([0.1, 0.2, 0.3, 0.4, 0.5])).left;
    expect(signed).toMatchObject({ measure: "signed", estimate: expect.closeTo(0.3, 9) });
    expect([signed!.low, signed!.high]).toEqual([expect.closeTo(0.103676, 5), expect.closeTo(0.496324, 5)]); // scipy.stats.t.interval
  });

  it("of a method is the worst of its checks, and none without one", () => {
    const [passes, partly, independent] = [0, 0.6, 1].map((value) => guardCheck(left(about(value, 0))));
    expect(methodVerdict([passes!, passes!])).toBe("passes");
    expect(methodVerdict([passes!, partly!])).toBe("partly");
    expect(methodVerdict([partly!, independent!])).toBe("independent");
    expect(methodVerdict([passes!, null])).toBe("undecided");
    expect(methodVerdict([independent!, null])).toBe("independent");
    expect(methodVerdict([])).toBe("undecided");
  });
});

describe("localisation", () => {
  it.each(fixture.cases)("pixel AUC and edges are scikit-learn's and SciPy's: $kind", ({ a, mask, auc, edges }) => {
    expect(binaryAuc(a, mask)).toBeCloseTo(auc, 10);
    const got = edgeMap(a, fixture.size);
    for (const [i, value] of edges.entries()) expect(got[i]).toBeCloseTo(value, 4);
  });

  const size = 16;
  const square = (x0: number, y0: number) =>
    Uint8Array.from({ length: 256 }, (_, i) => {
      const [x, y] = [(i % size) - x0, Math.floor(i / size) - y0];
      return x >= 0 && x < 5 && y >= 0 && y < 5 ? 1 : 0;
    });
  const masks = [square(1, 1), square(9, 2), square(4, 10), square(10, 10), square(5, 5), square(2, 8)];
  const image = (mask: Uint8Array) => Float32Array.from({ length: 768 }, (_, i) => mask[Math.floor(i / 3)]! * 0.8);

  it("is 1 for a map that is the mask, and above the edge detector and the prior for the middle", () => {
    const items = masks.map((mask) => ({ map: Float32Array.from(mask), image: image(mask), mask }));
    const found = localisation(items, size)!;
    expect(found.auc).toEqual({ mean: 1, low: 1, high: 1 });
    expect(found.items).toBe(6);
    for (const baseline of ["overEdgeDetector", "overCentrePrior"] as const)
      expect(found[baseline].low).toBeGreaterThan(0.1);
  });

  it("of an edge detector is the edge detector's", () => {
    const items = masks.map((mask) => ({ map: edgeMap(greyOf(image(mask)), size), image: image(mask), mask }));
    expect(localisation(items, size)!.overEdgeDetector).toEqual({ mean: 0, low: 0, high: 0 });
  });

  it("leaves out items whose mask says nothing of where", () => {
    const everything = new Uint8Array(256).fill(1);
    const of = (mask: Uint8Array) => ({ map: Float32Array.from(masks[0]!), image: image(mask), mask });
    expect(localisation([of(masks[0]!), of(new Uint8Array(256)), of(everything)], size)).toMatchObject({
      items: 1,
      auc: { mean: 1, low: null, high: null },
    });
    expect(localisation([of(everything)], size)).toBeNull();
  });
});
