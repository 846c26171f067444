import { classAgreement, disagreementOf } from "@tessera/analysis/agreement/classAgreement";
import { maskAgreement } from "@tessera/analysis/agreement/maskAgreement";
import { dawidSkeneConsensus, majority } from "@tessera/analysis/consensus/classConsensus";
import { majorityMask, stapleMask } from "@tessera/analysis/consensus/maskConsensus";
import { maskPairFacts } from "@tessera/analysis/segmentation/maskPair";
import type { ClassValues } from "@tessera/domain/classValues";
import { oneClass } from "@tessera/domain/classValues";
import { diceOf } from "@tessera/domain/maskPairs";
import { randomStream } from "@tessera/domain/random";
import { describe, expect, it } from "vitest";

const readers = ["a", "b", "c"];
const exclusive = (rows: readonly (readonly (number | null)[])[]) => ({
  readers,
  classes: ["x", "y", "z"],
  exclusive: true,
  rows: rows.map((row) => row.map((value) => (value === null ? null : oneClass(value, 3)))),
});

describe("majority", () => {
  const rows = [[0, 0, 1], [0, 1, 2], [null, 2, 1], [null, null, null], [null, null, 2]]; // biome-ignore format: a table

  it("leaves what is level without a label, or takes the first reader's", () => {
    const unknown = majority(exclusive(rows), "unknown");
    expect(unknown.values).toEqual([oneClass(0, 3), null, null, null, oneClass(2, 3)]);
    expect(unknown.ties).toBe(2);
    const first = majority(exclusive(rows), "firstReader").values;
    expect(first).toEqual([oneClass(0, 3), oneClass(0, 3), oneClass(2, 3), null, oneClass(2, 3)]);
  });

  it("of classes that are not exclusive, class by class", () => {
    const rows: (ClassValues | null)[][] = [
      [[1, 0], [1, null], [0, 1]],
      [[1, null], [0, null], null],
    ]; // biome-ignore format: a table
    const opinions = { readers, classes: ["x", "y"], exclusive: false, rows };
    expect(majority(opinions, "unknown")).toMatchObject({ values: [[1, null], null], ties: 2 });
    expect(majority(opinions, "firstReader").values).toEqual([[1, 0], [1, null]]); // biome-ignore format: short
  });
});

it("Dawid and Skene outvote two bad readers by a good one, and say how good each is", () => {
  const random = randomStream("consensus");
  const truth = Array.from({ length: 2000 }, () => random.integer(3));
  const shares = [0.97, 0.5, 0.5];
  const rows = truth.map((value) => shares.map((share) => (random.uniform() < share ? value : random.integer(3))));
  const right = (values: readonly (ClassValues | null)[]) =>
    values.filter((each, at) => each?.[truth[at]!] === 1).length;
  const consensus = dawidSkeneConsensus(exclusive(rows), {});
  expect(right(consensus.values)).toBeGreaterThan(right(majority(exclusive(rows), "firstReader").values));
  const [good, bad] = consensus.models[0]!.readers;
  expect(good!.rates[1]![1]).toBeGreaterThan(0.93);
  expect(Math.abs(bad!.rates[1]![1]! - (0.5 + 0.5 / 3))).toBeLessThan(0.08);
  expect(good!.opinions).toBe(2000);
});

describe("agreement on classes", () => {
  it("tells each pair, class and reader apart", () => {
    const rows = Array.from({ length: 60 }, (_, at) => [at % 3, at % 3, at % 5 === 0 ? (at + 1) % 3 : at % 3]);
    const { overall, classes, readers } = classAgreement(exclusive(rows), true);
    const kappas = overall!.pairs.map(({ a, b, kappa }) => [a, b, kappa.value]);
    expect(kappas[0]).toEqual(["a", "b", 1]);
    expect(kappas[1]![2]).toBeCloseTo(0.7, 10);
    expect(overall!.pairs[1]!.table).toEqual([[16, 4, 0], [0, 16, 4], [4, 0, 16]]); // biome-ignore format: a table
    expect(readers.map(({ kappa }) => kappa!.toFixed(2))).toEqual(["0.85", "0.85", "0.70"]);
    expect(classes).toHaveLength(3);
    expect(overall!.pairs[1]!.linear!.value).toBeLessThan(1);
    expect([overall!.ordinalAlpha === null, classes[0]!.ordinalAlpha]).toEqual([false, null]);
  });

  it("of one item, is the share of pairs that differ", () => {
    expect(disagreementOf([oneClass(0, 3), oneClass(0, 3), oneClass(1, 3)], true)).toBeCloseTo(2 / 3);
    expect(disagreementOf([[1, 0], [1, null], null], false)).toBe(0); // biome-ignore format: short
    expect(disagreementOf([[1, 0], null, null], false)).toBeNull(); // biome-ignore format: short
  });
});

describe("masks", () => {
  const mask = (text: string) => Uint8Array.from(text, Number);

  it("the majority of an even number of readers, by the stated tie", () => {
    const two = [mask("1100"), mask("1010")];
    expect([...majorityMask(two, 1, "background").indices]).toEqual([1, 0, 0, 0]);
    expect([...majorityMask(two, 1, "foreground").indices]).toEqual([1, 1, 1, 0]);
    const three = [mask("1220"), mask("1200"), mask("2210")];
    expect([...majorityMask(three, 2, "background").indices]).toEqual([1, 2, 0, 0]);
  });

  it("STAPLE of several classes is one index map, and each class's readers", () => {
    const three = [mask("112200"), mask("112000"), mask("112200")];
    const { indices, models } = stapleMask(three, 2, 0.5);
    expect([...indices]).toEqual([1, 1, 2, 2, 0, 0]);
    expect(models).toHaveLength(2);
    expect(models[1]!.sensitivity[1]).toBeCloseTo(0.5, 3);
  });

  it("a pair is kept as raw facts, and its Dice and distance are derived", () => {
    const [a, b] = [mask("0110000000000000"), mask("0010000000000000")];
    expect(maskPairFacts(a!, b!, 4, 4)).toEqual({ pixelsA: 2, pixelsB: 1, shared: 1, hd95: 0.95 });
    expect(diceOf({ pixelsA: 2, pixelsB: 1, shared: 1 })).toBeCloseTo(2 / 3);
    expect(maskPairFacts(a!, new Uint8Array(16), 4, 4).hd95).toBeNull();
    expect(diceOf({ pixelsA: 0, pixelsB: 0, shared: 0 })).toBeNull();
  });

  it("pairs of readers: mean Dice with its interval, what is empty counted apart", () => {
    const of = (shared: number, hd95: number | null, b = 10) => ({ a: "a", b: "b", classIndex: 0, pixelsA: 10, pixelsB: b, shared, hd95 }); // biome-ignore format: one line
    const [pair] = maskAgreement([of(10, 0), of(8, 2), of(6, 4), of(0, null, 0), { ...of(0, null, 0), pixelsA: 0 }], 1);
    expect(pair).toMatchObject({ items: 4, bothEmpty: 1, oneEmpty: 1, hd95: 2 });
    expect(pair!.dice).toBeCloseTo(0.6);
    expect(pair!.low!).toBeLessThan(0.6);
    expect(pair!.high!).toBeGreaterThan(0.6);
  });
});
