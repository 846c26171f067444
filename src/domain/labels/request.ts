/** @file What a worker is asked to do with labels. */
import type { LabelRule } from "./rule.ts";

export type LabelRequest =
  | {
      readonly kind: "makeVersion";
      readonly rule: LabelRule;
      /** The version that the rule begins with; null: with annotations alone. */
      readonly fromVersionId: string | null;
      readonly note: string;
    }
  /** Masks of the items that both versions label and that differ. */
  | { readonly kind: "compareVersions"; readonly a: string; readonly b: string }
  /** Every reader's newest mask of each item with every other's; null: of all readers. */
  | { readonly kind: "compareReaders"; readonly readers: readonly string[] | null };

export type LabelJobKind = LabelRequest["kind"];
export const labelJobKinds = ["makeVersion", "compareVersions", "compareReaders"] as const;

export const readerKinds = ["person", "report", "program"] as const;
export type ReaderKind = (typeof readerKinds)[number];
