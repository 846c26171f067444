import { readFileSync } from "node:fs";
import { estimators } from "@tessera/domain/inspections/featureReuse";
import { randomStream } from "@tessera/domain/random";
import { bandOf } from "@tessera/models/similarity/bands";
import { ckaMatrix, ckaVector, type Gram, gramOf } from "@tessera/models/similarity/cka";
import { distances } from "@tessera/models/similarity/distance";
import { describe, expect, it } from "vitest";

type Values = Record<"linear" | "unbiased" | "minibatch", number>;
interface Fixture {
  readonly items: number;
  readonly batch: number;
  readonly order: readonly number[];
  readonly features: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly pairs: readonly (Values & { readonly a: string; readonly b: string; readonly shuffled: Values })[];
}
const fixture = JSON.parse(readFileSync("test/models/fixtures/cka.json", "utf8")) as Fixture;
const { items, batch, order } = fixture;
const grams = Object.fromEntries(
  Object.entries(fixture.features).map(([name, rows]) => [name, gramOf(Float32Array.from(rows.flat()), items)]),
);

const normals = (count: number, width: number, key: string) => {
  const stream = randomStream(3, key);
  return Float32Array.from({ length: count * width }, () => stream.normal());
};
const cka = (a: Gram, b: Gram, estimator: (typeof estimators)[number]) =>
  ckaMatrix([ckaVector(a, { estimator, batch: 16 })], [ckaVector(b, { estimator, batch: 16 })])[0]![0]!;

describe("CKA", () => {
  it.each(estimators)("%s is that of numpy, by the papers' formulas", (estimator) => {
    for (const pair of fixture.pairs) {
      const a = ckaVector(grams[pair.a]!, { estimator, batch });
      const b = grams[pair.b]!;
      const plain = ckaMatrix([a], [ckaVector(b, { estimator, batch })])[0]![0];
      const shuffled = ckaMatrix([a], [ckaVector(b, { estimator, batch, order })])[0]![0];
      expect(plain, `${pair.a} ${pair.b}`).toBeCloseTo(pair[estimator], 6);
      expect(shuffled, `${pair.a} ${pair.b} shuffled`).toBeCloseTo(pair.shuffled[estimator], 6);
    }
  });

  it.each(estimators)("%s is 1 for the same features, turned, scaled and moved too", (estimator) => {
    const [x, turn] = [normals(32, 2, "x"), 0.7];
    const turned = Float32Array.from(x, (_, i) => {
      const [left, right] = [x[i - (i % 2)]!, x[i - (i % 2) + 1]!];
      return 5 + 3 * (i % 2 === 0 ? Math.cos(turn) * left - Math.sin(turn) * right : Math.sin(turn) * left + Math.cos(turn) * right); // biome-ignore format: one formula
    });
    expect(cka(gramOf(x, 32), gramOf(turned, 32), estimator)).toBeCloseTo(1, 5);
  });

  it("of independent features is 0 on average unbiased, and far above it linear, where features are many", () => {
    const draws = Array.from({ length: 30 }, (_, i) =>
      [`a${i}`, `b${i}`].map((key) => gramOf(normals(24, 100, key), 24)),
    );
    const mean = (estimator: (typeof estimators)[number]) =>
      draws.reduce((sum, [a, b]) => sum + cka(a!, b!, estimator) / draws.length, 0);
    expect(Math.abs(mean("unbiased"))).toBeLessThan(0.03);
    expect(mean("linear")).toBeGreaterThan(0.7);
  });

  it("is undefined of features that do not vary, whatever rounding makes of them", () => {
    const nearly = Float32Array.from({ length: 16 * 3 }, (_, i) => 0.1 + ((i * 7) % 5) * 1e-8); // the last bit or two
    const constant = gramOf(nearly, 16);
    for (const estimator of estimators) {
      expect(cka(constant, gramOf(normals(16, 3, "x"), 16), estimator)).toBeNull();
    }
    expect(() => ckaVector(gramOf(normals(3, 2, "x"), 3), { estimator: "unbiased", batch: 4 })).toThrow("at least 4");
  });
});

it("a band holds 95 of 100 draws, by cell, and leaves undefined draws out", () => {
  const draws = Array.from({ length: 100 }, (_, i) => [[i + 1, null, i < 98 ? null : i]]);
  expect(bandOf(draws)).toEqual({ mean: [[(1 + 100) / 2, null, 98.5]], high: [[95, null, 99]] });
  expect(bandOf([[[1]], [[3]]])).toEqual({ mean: [[2]], high: [[3]] });
});

it("distances are norms by block, and there are none between other architectures", () => {
  const weight = (...data: number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
  const names = ["stem/conv/kernel", "stem/conv/norm/movingMean", "stage1/block0/conv1/kernel", "head/kernel"];
  const of = (values: readonly number[][]) => new Map(names.map((name, i) => [name, weight(...values[i]!)]));
  const [a, b] = [of([[3, 0], [9, 9], [1, 1], [2, 0]]), of([[0, 4], [1, 1], [1, 1], [2, 1]])]; // biome-ignore format: a row each
  expect(Object.fromEntries(distances(a, b)!)).toEqual({
    stem: { distance: Math.hypot(3, 4), normA: 3, normB: 4 },
    "stage1/block0": { distance: 0, normA: Math.SQRT2, normB: Math.SQRT2 },
    head: { distance: 1, normA: 2, normB: Math.sqrt(5) },
  });
  expect(distances(a, new Map([...b].slice(1)))).toBeNull();
  expect(distances(a, new Map([...b, ["head/kernel", weight(1, 2, 3)]]))).toBeNull();
});
