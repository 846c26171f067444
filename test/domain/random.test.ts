import { randomStream } from "@tessera/domain/random";
import { expect, it } from "vitest";

const draw = (n: number, ...key: (string | number)[]) => {
  const random = randomStream(...key);
  return Array.from({ length: n }, () => random.uniform());
};

it("repeats for the same key and differs for another", () => {
  expect(draw(5, 1, "a")).toEqual(draw(5, 1, "a"));
  expect(draw(5, 1, "a")).not.toEqual(draw(5, 1, "b"));
  expect(draw(5, "1")).not.toEqual(draw(5, 1)); // text is not the number
});

it("is uniform on [0, 1) and has no echo of itself", () => {
  const values = draw(20_000, "uniform");
  const tenths = new Array<number>(10).fill(0);
  for (const value of values) tenths[Math.floor(value * 10)]!++;
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(2000 * 0.9));
  const centred = values.map((value) => value - 0.5);
  const echo = centred.slice(1).reduce((sum, value, i) => sum + value * centred[i]!, 0) / centred.length;
  expect(Math.abs(echo) * 12).toBeLessThan(5 / Math.sqrt(values.length));
});

it("draws normals of mean 0 and SD 1, integers below n, and numbers between", () => {
  const random = randomStream("normal");
  const normals = Array.from({ length: 20_000 }, () => random.normal());
  const mean = normals.reduce((a, b) => a + b) / normals.length;
  const sd = Math.sqrt(normals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normals.length);
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(normals.length));
  expect(Math.abs(sd - 1)).toBeLessThan(5 / Math.sqrt(2 * normals.length));
  const integers = new Set(Array.from({ length: 200 }, () => random.integer(6)));
  expect([...integers].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  for (let i = 0; i < 100; i++) expect(Math.abs(random.between(2, 4) - 3)).toBeLessThanOrEqual(1);
});
