/** @file What the product says of the planted errors, as read from the API. */
import type { TesseraClient } from "@tessera/client/client";

interface ArmInterval {
  readonly arm: string;
  readonly low: number | null;
  readonly high: number | null;
}

export interface LedgerRow {
  readonly name: string;
  readonly key: string;
  readonly aggregation: "PER_ITEM" | "POOLED";
  readonly background: boolean;
  readonly arms: readonly (ArmInterval & { readonly mean: number | null })[];
  readonly order: readonly string[];
}

export interface Swap {
  readonly convention: string;
  readonly key: string;
  readonly armX: string;
  readonly armY: string;
  readonly reference: number;
  readonly difference: number;
}

export interface ContiguityArm {
  readonly arm: string;
  readonly pieces: number | null;
  readonly holes: number | null;
  readonly specks: number | null;
  readonly falsePieces: number | null;
}

export interface Boards {
  readonly items: number;
  readonly size: number;
  readonly ledger: { readonly rows: readonly LedgerRow[]; readonly swaps: readonly Swap[] };
  readonly regionSizes: { readonly arms: readonly (ArmInterval & { readonly equivalentError: number | null })[] };
  readonly contiguity: {
    readonly arms: readonly ContiguityArm[];
    readonly postProcessing: readonly {
      readonly arm: string;
      readonly choice: { readonly text: string };
      readonly before: { readonly dice: number | null };
      readonly after: { readonly dice: number | null };
    }[];
  };
}

export async function readBoards(client: TesseraClient, runIds: readonly string[]): Promise<Boards> {
  const document = `query ($ids: [UUID!]!) { scoredSet(runIds: $ids) { items size
    ledger {
      rows { name key aggregation background order arms { arm mean low high } }
      swaps { convention key armX armY reference difference } }
    regionSizes { arms { arm equivalentError low high } }
    contiguity {
      arms { arm pieces holes specks falsePieces }
      postProcessing { arm choice { text } before { dice } after { dice } } }
  } }`;
  return (await client.query<{ scoredSet: Boards }>(document, { ids: runIds })).scoredSet;
}
