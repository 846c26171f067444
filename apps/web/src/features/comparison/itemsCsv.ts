import { csvText } from "@/lib/csv";
import type { ComparedItem, ComparisonModel } from "./model.ts";

/** Every compared item with both arms' mean Dice and each seed's; an undefined Dice is an empty cell. */
export function itemsCsv({ a, b, data }: ComparisonModel): string {
  const seeds = data.perSeed.map((each) => each.seed);
  const diceOf = (predictions: ComparedItem["predictionsA"]) =>
    seeds.map((seed) => predictions.find((each) => each.seed === seed)?.dice);
  const head = [
    "item",
    "item_id",
    "region_share",
    "arm_a",
    "dice_a",
    ...seeds.map((seed) => `dice_a_seed_${seed}`),
    "arm_b",
    "dice_b",
    ...seeds.map((seed) => `dice_b_seed_${seed}`),
    "difference",
    "fold",
    "label_version",
    "convention",
  ];
  return csvText(
    head,
    data.items.map((each) => [
      each.item.name,
      each.item.id,
      each.regionShare,
      a.name,
      each.a,
      ...diceOf(each.predictionsA),
      b.name,
      each.b,
      ...diceOf(each.predictionsB),
      each.difference,
      data.fold.toLowerCase(),
      data.labelVersion.number,
      data.convention,
    ]),
  );
}
