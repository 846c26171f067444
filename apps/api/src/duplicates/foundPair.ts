/** @file A pair of duplicate items, by their ids. */
import type { DuplicateKind } from "./duplicateKind.enum.ts";

export interface FoundPair {
  readonly first: string;
  readonly second: string;
  readonly kind: DuplicateKind;
  readonly bits: number;
  readonly correlation: number;
  readonly orientation: string;
}
