/** @file Class labels that a rule makes: a consensus of readers, or a version with noise. Quick, so nothing is stored before the end. */
import type { ClassValues } from "@tessera/domain/classValues";
import { plainResult, type RuleResult } from "@tessera/domain/labels/result";
import type { LabelRule } from "@tessera/domain/labels/rule";
import type { ClassNoise } from "@tessera/domain/noise/models";
import type { Opinion } from "@tessera/store/opinions";
import type { RunningLabelJob } from "./labelJob.ts";

/** What an item's label becomes. */
export type ClassLabel = { readonly itemId: string } & (
  | { readonly annotationId: string }
  | { readonly values: ClassValues }
);

export interface MadeClasses {
  readonly name: string;
  readonly labels: readonly ClassLabel[];
  readonly result: RuleResult;
}

/** @param items by item, each reader once. @param readers in the order that settles ties */
export async function classConsensus(
  { measurer, claimed }: RunningLabelJob,
  rule: Extract<LabelRule, { kind: "majority" | "dawidSkene" }>,
  items: readonly (readonly Opinion[])[],
  readers: readonly string[],
): Promise<MadeClasses> {
  const { classes } = claimed;
  const exclusive = claimed.exclusive === true;
  const rows = items.map((opinions) => {
    const of = new Map(opinions.map(({ reader, classValues }) => [reader, classValues]));
    return readers.map((reader) => of.get(reader) ?? null);
  });
  const { values, ties, models } = await measurer.classConsensus({
    opinions: { readers, classes, exclusive, rows },
    rule,
  });
  const labels = values.flatMap((each, at) => (each === null ? [] : [{ itemId: items[at]![0]!.itemId, values: each }]));
  return {
    name: rule.kind === "majority" ? "majority" : "Dawid–Skene",
    labels,
    result: {
      ...plainResult,
      withoutLabel: items.length - labels.length,
      ties: rule.kind === "majority" ? ties : null,
      models,
    },
  };
}

/** Items whose label stays as it was keep their annotation. @param votes every reader's opinions, for noise that depends on them */
export async function noisyClasses(
  { measurer, claimed }: RunningLabelJob,
  { model, seed }: { model: ClassNoise; seed: number },
  labels: readonly Opinion[],
  votes: readonly Opinion[],
): Promise<MadeClasses> {
  const votesOf = Map.groupBy(votes, ({ itemId }) => itemId);
  const items = labels.map(({ itemId, itemSha256, classValues }) => ({
    key: itemSha256,
    values: classValues!,
    votes: (votesOf.get(itemId) ?? []).map((vote) => vote.classValues!),
  }));
  const shape = { classes: claimed.classes.length, exclusive: claimed.exclusive === true };
  const noisy = await measurer.classNoise({ items, model, seed, ...shape });
  return {
    name: "noise",
    labels: labels.map(({ itemId, annotationId, classValues }, at) => {
      const values = noisy.values[at]!;
      const same = values.every((value, index) => value === classValues![index]);
      return same ? { itemId, annotationId } : { itemId, values };
    }),
    result: { ...plainResult, noise: { ...noisy.counts, dice: null } },
  };
}
