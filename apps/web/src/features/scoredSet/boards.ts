/** @file The boards that answer "is this Dice real?", in the order in which they are read. */
import type { ComponentType } from "react";
import { ContiguityTab } from "./contiguity/ContiguityTab.tsx";
import { LedgerTab } from "./ledger/LedgerTab.tsx";
import { MetricsTab } from "./metrics/MetricsTab.tsx";
import { RegionSizesTab } from "./regionSizes/RegionSizesTab.tsx";
import type { BoardProps } from "./useSetChoice.ts";

export interface Board {
  /** In the address. */
  readonly tab: string;
  readonly title: string;
  readonly Board: ComponentType<BoardProps>;
}

export const boards: readonly Board[] = [
  { tab: "metrics", title: "Metrics", Board: MetricsTab },
  { tab: "ledger", title: "Dice ledger", Board: LedgerTab },
  { tab: "sizes", title: "Region sizes", Board: RegionSizesTab },
  { tab: "contiguity", title: "Contiguity", Board: ContiguityTab },
];
