/** @file What the loop is fed with: decoded items in memory. The caller decodes; training knows no image format. */
import type { Fold } from "@tessera/domain/words";

export interface TrainingItem {
  readonly itemId: string;
  /** [size*size*3] RGB, 0..255, row by row. */
  readonly image: Uint8Array;
  /** [size*size], 0 or 1. */
  readonly mask: Uint8Array;
}

export type TrainingItems = Readonly<Record<Fold, readonly TrainingItem[]>>;
