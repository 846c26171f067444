/** @file The rules by which a label version is made from annotations, or from another version. Stored with the version, as JSON. */
import type { NoiseModel, SecondReaderNoise } from "../noise/models.ts";

/** What several readers' opinions come to where no class, or no side, has more than half of the votes. */
export const classTies = ["unknown", "firstReader"] as const;
export const maskTies = ["background", "foreground"] as const;

export type LabelRule =
  | { readonly kind: "singleReader"; readonly reader: string }
  | {
      readonly kind: "majority";
      /** In an order that counts where a tie goes to the first; null: all, by name. */
      readonly readers: readonly string[] | null;
      /**
       * Of classes: "unknown" (of exclusive classes the item gets no label) or "firstReader" (the first reader's, among those that are
       * level). Of masks, pixel by pixel: "background" or "foreground".
       */
      readonly ties: (typeof classTies)[number] | (typeof maskTies)[number];
    }
  /** Of classes. */
  | {
      readonly kind: "dawidSkene";
      readonly readers: readonly string[] | null;
      readonly iterations: number;
      readonly tolerance: number;
      readonly pseudoCount: number;
    }
  /** Of masks. */
  | { readonly kind: "staple"; readonly readers: readonly string[] | null; readonly threshold: number }
  /** This reader's opinion where there is one, else the label of the version that it is made from. */
  | { readonly kind: "adjudicated"; readonly adjudicator: string }
  /** The version that it is made from, corrupted. */
  | { readonly kind: "noise"; readonly model: NoiseModel | SecondReaderNoise; readonly seed: number };

/** Rules that begin with the labels of another version. */
export const needsSource = ({ kind }: LabelRule): boolean => kind === "adjudicated" || kind === "noise";

/** A version that a rule was given, by content: ids differ between installations. */
export interface RuleSource {
  readonly number: number;
  readonly contentHash: string;
  readonly chainHash: string;
}

export interface PinnedRule {
  readonly rule: LabelRule;
  /** Null: made from annotations alone. */
  readonly from: RuleSource | null;
}

/** One text for one value, whatever the order of its fields: what a hash may cover. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(",")}}`;
}
