import { expandGrid } from "@tessera/domain/configuration/grid";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import { witnessPoolings } from "@tessera/domain/study/witnessPoolings";
import {
  bagsOfFold,
  checkedWitnessDesign,
  grownWitnessDesign,
  type WitnessDesign,
  witnessArms,
} from "@tessera/domain/study/witnessStudy";
import { expect, it } from "vitest";

const design: WitnessDesign = {
  poolings: witnessPoolings,
  rates: [0.5, 0.001, 0.01],
  bags: { tiles: 1000, train: 8, validation: 4, test: 4, seed: 1 },
};

it("offers poolings that are runs of the default base, each another one", () => {
  const checked = checkedWitnessDesign(design, milDefaults);
  expect(checked.rates).toEqual([0.001, 0.01, 0.5]);
  const runs = expandGrid(milDefaults, witnessArms(checked), [1]);
  expect(runs).toHaveLength(30);
  expect(runs.slice(0, 2).map(({ arm }) => arm)).toEqual(["slide label on tiles · 0.1 %", "instance mean · 0.1 %"]);
});

it("has the same negative bags at every rate, and other bags in another fold", () => {
  const tiles = Array.from({ length: 4000 }, (_, place) => place % 2 === 0);
  const at = (rate: number, fold: "train" | "test" = "train") =>
    bagsOfFold(tiles, fold, rate, { ...design.bags, test: 8 });
  const [few, many] = [at(0.01), at(0.5)];
  for (const [index, bag] of few.entries()) {
    expect(bag.positive).toBe(index % 2 === 1);
    if (bag.positive) expect([bag.name, many[index]!.name]).toEqual([`${bag.subject}, 1 %`, `${bag.subject}, 50 %`]);
    else expect(many[index]).toEqual(bag);
  }
  expect(at(0.01, "test")[0]!.tiles).not.toEqual(few[0]!.tiles);
});

it("grows by poolings and rates, never by other bags or another pooling of the name", () => {
  const grown = grownWitnessDesign({ ...design, rates: [0.01] }, { ...design, rates: [0.5], poolings: [{ name: "own", changes: {} }] }); // biome-ignore format: one line
  expect([grown.rates, grown.poolings.length]).toEqual([[0.01, 0.5], 11]);
  expect(() => grownWitnessDesign(design, { ...design, bags: { ...design.bags, seed: 2 } })).toThrow("bags: the study has bags of another plan"); // biome-ignore format: one line
  expect(() => grownWitnessDesign(design, { ...design, poolings: [{ name: "attention", changes: {} }] })).toThrow('pooling "attention" is there already'); // biome-ignore format: one line
});
