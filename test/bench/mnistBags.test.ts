import { expect, it } from "vitest";
import { bagTableText, drawBags } from "../../bench/mnist-bags/bags.ts";

const labels = Uint8Array.from({ length: 1000 }, (_, place) => place % 10);
const rules = { target: 9, mean: 10, sd: 2, trainImages: 700, bags: { train: 200, val: 20, test: 100 }, seed: 1 };
const bags = drawBags(labels, rules);

it("draws bags of which every second holds the target, of about ten digits", () => {
  for (const { positive, digits } of bags) expect(digits.some((digit) => labels[digit] === 9)).toBe(positive);
  for (const fold of ["train", "val", "test"] as const) {
    const ofFold = bags.filter((bag) => bag.fold === fold);
    expect(ofFold.filter(({ positive }) => positive)).toHaveLength(ofFold.length / 2);
  }
  const mean = bags.reduce((sum, { digits }) => sum + digits.length, 0) / bags.length;
  expect(Math.abs(mean - 10)).toBeLessThan(0.5);
});

it("tests on digits that no other bag holds", () => {
  const of = (isTest: boolean) =>
    new Set(bags.filter(({ fold }) => (fold === "test") === isTest).flatMap((bag) => bag.digits));
  expect([...of(true)].filter((digit) => of(false).has(digit))).toEqual([]);
  expect(of(true).size).toBeGreaterThan(200);
});

it("is the same for the same seed, and another for another", () => {
  expect(drawBags(labels, rules)).toEqual(bags);
  expect(drawBags(labels, { ...rules, seed: 2 })).not.toEqual(bags);
});

it("writes a line per digit, pixels from 0 to 1", () => {
  const images = [new Uint8Array(784).fill(255), new Uint8Array(784).fill(51)];
  const bag = { name: "a", fold: "train", positive: true, digits: [1, 0] } as const;
  const [heading, first, second, end] = bagTableText({ images, labels: labels.subarray(0, 2) }, [bag]).split("\n");
  expect(heading!.split(",")).toHaveLength(787);
  expect([first!.slice(0, 19), second!.slice(0, 19), end]).toEqual(["a,train,1,0.200,0.2", "a,train,1,1.000,1.0", ""]);
});
