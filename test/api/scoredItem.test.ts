import { afterAll, beforeAll, expect, it } from "vitest";
import { mask, plantDrawn } from "./scoredWorld.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface Item {
  readonly item: { readonly name: string };
  readonly predictions: readonly { readonly arm: string; readonly seed: number; readonly dice: number | null }[];
}

it("gives an item with what every run of the set predicts of it, by arm, seed and class", async () => {
  const [left, right] = [mask([0, 0, 4, 4]), mask([8, 8, 4, 4])];
  const planted = await plantDrawn(world, world.database.teamId, {
    name: "One item",
    classes: ["polyp", "ulcer"],
    items: ["one", "two"].map((name) => ({ name, fold: "test" as const, truth: [left, right] })),
    arms: {
      right: (_item, _seed, classIndex) => ({ sure: classIndex === 0 ? left : right }),
      half: (item, seed, classIndex) => ({
        sure: item === "one" && classIndex === 1 ? mask([8, 8, 4, 2 * seed]) : mask(),
      }),
    },
    seeds: [1, 2],
  });
  const ask = async (itemId: string, classIndex: number | null) => {
    const { data, errors } = await world.graphql<{ scoredSet: { item: Item | null; arms: unknown } }>(
      world.tokens.viewer,
      `query ($ids: [UUID!]!, $itemId: UUID!, $classIndex: Int) { scoredSet(runIds: $ids) {
        arms { arm thresholds }
        item(itemId: $itemId, classIndex: $classIndex) { item { name } predictions { arm seed dice runId predictionUrl } } } }`,
      { ids: planted.runIds(), itemId, classIndex },
    );
    expect(errors).toBeUndefined();
    return data!.scoredSet;
  };
  const { item, arms } = await ask(planted.idOf.get("one")!, 1);
  expect(arms).toEqual([
    { arm: "right", thresholds: [0.5, 0.5] },
    { arm: "half", thresholds: [0.5, 0.5] },
  ]);
  expect(item!.item.name).toBe("one");
  expect(item!.predictions.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual([
    "right 1",
    "right 2",
    "half 1",
    "half 2",
  ]);
  expect(item!.predictions.map(({ dice }) => dice)).toEqual([1, 1, expect.closeTo(16 / 24), 1]);
  // The first class where none is named: there the second arm finds nothing.
  const first = await ask(planted.idOf.get("one")!, null);
  expect(first.item!.predictions.map(({ dice }) => dice)).toEqual([1, 1, 0, 0]);
  expect((await ask("00000000-0000-4000-8000-000000000000", 0)).item).toBeNull();
});
