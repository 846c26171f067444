import { segmentationDefaults, segmentationProblems } from "@tessera/domain/configuration/segmentation";
import { unetFacts } from "@tessera/domain/configuration/unetFacts";
import { expect, it } from "vitest";

const { model } = segmentationDefaults;
const ofDepth = (depth: number, size = 128) => ({ ...model, size, depth, skips: Array<boolean>(depth).fill(true) });

it("counts a network without reduction by hand: two 3x3 convolutions and the head", () => {
  expect(unetFacts({ ...ofDepth(0, 10), baseFilters: 4 })).toEqual({
    parameters: 3 * 4 * 9 + 2 * 4 + (4 * 4 * 9 + 2 * 4) + (4 + 1),
    receptiveField: 5,
    multiplyAdds: 100 * (3 * 4 * 9 + 4 * 4 * 9 + 4),
  });
});

it("sees about twice as far, for four times the weights and like multiply-adds, with every level", () => {
  const facts = [1, 2, 3, 4, 5].map((depth) => unetFacts(ofDepth(depth)));
  for (const [i, { parameters, receptiveField }] of facts.entries()) {
    const before = facts[i - 1];
    if (!before) continue;
    expect(receptiveField / before.receptiveField).toBeGreaterThan(1.8);
    expect(parameters / before.parameters).toBeGreaterThan(3.5);
  }
  const added = facts.slice(1).map(({ multiplyAdds }, i) => multiplyAdds - facts[i]!.multiplyAdds);
  for (const each of added) expect(each / added[0]!).toBeCloseTo(1, 5);
});

it("has fewer weights and multiply-adds, and sees as far, with a skip cut", () => {
  const [all, cut] = [ofDepth(3), { ...ofDepth(3), skips: [false, true, true] }].map((each) => unetFacts(each));
  expect(all!.parameters - cut!.parameters).toBe(9 * 16 * 16);
  expect(all!.multiplyAdds - cut!.multiplyAdds).toBe(9 * 16 * 16 * 128 ** 2);
  expect(cut!.receptiveField).toBe(all!.receptiveField);
});

it("allows depth 0, which has no skip and divides every size", () => {
  const flat = { ...segmentationDefaults, model: ofDepth(0, 127) };
  expect(segmentationProblems(flat)).toEqual([]);
  expect(segmentationProblems({ ...flat, model: { ...flat.model, skips: [true] } })).toMatchObject([
    { field: "model.skips", expected: "a list of 0 times true or false" },
  ]);
  expect(segmentationProblems({ ...flat, model: { ...flat.model, depth: -1 } })).toMatchObject([
    { field: "model.depth", expected: "a whole number from 0 to 7" },
  ]);
});
