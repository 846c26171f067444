/** @file The Dice ledger of a set. */
import { conventionText } from "@tessera/analysis/segmentation/conventions";
import { mapFacts } from "@tessera/analysis/segmentation/itemFacts";
import { type LedgerRow as AnalysedRow, ledgerOf } from "@tessera/analysis/segmentation/ledger";
import type { DiceLedger } from "./diceLedger.type.ts";
import type { LedgerRow } from "./ledgerRow.type.ts";
import type { SetFacts } from "./setFacts.ts";

/** @throws DomainError BAD_INPUT for a threshold that is not counted */
export function assembleLedger({ arms }: SetFacts, threshold: number | null): DiceLedger {
  const counted = arms.map((arm) => mapFacts(arm, ({ counts }) => counts));
  const { rows, ...ledger } = ledgerOf(counted, threshold);
  return { ...ledger, rows: rows.map(rowOf) };
}

const emptyNames = { 0: "zero", 1: "one" } as const;

function rowOf(row: AnalysedRow): LedgerRow {
  const { aggregation, bothEmpty } = row;
  const perItem = bothEmpty === null ? "undefined" : emptyNames[bothEmpty];
  return { ...row, convention: conventionText(row), bothEmpty: aggregation === "pooled" ? null : perItem };
}
