/** @file Conventions of Dice in words, and their order on the chart. */
import type { LedgerFieldsFragment } from "@/gql/graphql";

export type Ledger = LedgerFieldsFragment["ledger"];
export type LedgerRow = Ledger["rows"][number];
export type Convention = Pick<LedgerRow, "aggregation" | "background" | "bothEmpty">;

/** One line per choice that a convention makes; the same words stand under the chart. */
export const choices = [
  {
    term: "per item",
    title: "averaged",
    of: ({ aggregation }: Convention) => (aggregation === "POOLED" ? "pooled" : "per item"),
  },
  { term: "background", title: "background", of: ({ background }: Convention) => (background ? "in" : "out") },
  {
    term: "both empty",
    title: "both empty",
    of: ({ bothEmpty }: Convention) =>
      bothEmpty === "ZERO" ? "0" : bothEmpty === "ONE" ? "1" : bothEmpty === "UNDEFINED" ? "left out" : "·",
  },
] as const;

/** "pooled over pixels", "per item, background in, both empty as 1" */
export function conventionPhrase({ aggregation, background, bothEmpty }: Convention): string {
  const parts = [aggregation === "POOLED" ? "pooled over pixels" : "per item"];
  if (background) parts.push("background in");
  if (bothEmpty === "ZERO" || bothEmpty === "ONE") parts.push(`both empty as ${bothEmpty === "ONE" ? 1 : 0}`);
  return parts.join(", ");
}

/** A row by whatever the api calls it: its key or its name. */
export const rowOf = (rows: readonly LedgerRow[], called: string | null | undefined): LedgerRow | undefined =>
  rows.find(({ key, name }) => key === called || name === called);
