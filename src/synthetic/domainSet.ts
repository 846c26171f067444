/** @file One of the domains of graded distance on disk: images and a table of classes, imported as any such set is. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import type { Fold } from "@tessera/domain/words";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { type DomainItem, type DomainItemOptions, domainItem } from "./domains.ts";

export interface DomainSetOptions extends Omit<DomainItemOptions, "index"> {
  /** Created where it is missing. */
  readonly directory: string;
  readonly items: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Decoder children to use; own ones are started and ended where this is not given. */
  readonly imaging?: Imaging;
}

export type DomainRow = Omit<DomainItem, "rgb"> & { readonly fold: Fold };

/** Fewer would leave a fold without items. */
export const fewestItems = 54;

/** Of 54 items, which are 18 subjects, 36 are for training; no subject is in two folds. */
export const foldOfItem = (index: number): Fold =>
  (["train", "train", "validation", "train", "test", "train"] as const)[Math.floor(index / 9) % 6]!;

/**
 * Writes images/NAME.png and labels.csv (item, subject, fold, class). The same options give the same files.
 * @throws DomainError BAD_INPUT for a number of items or a size outside its limits
 */
export async function writeDomainSet(options: DomainSetOptions): Promise<readonly DomainRow[]> {
  const { directory, items, onProgress } = options;
  if (!Number.isInteger(items) || items < fewestItems || items > 100_000) {
    throw new DomainError("BAD_INPUT", `items: expected a whole number from ${fewestItems} to 100000, got ${items}`);
  }
  const imaging = options.imaging ?? openImaging({ processes: 1 });
  const rows: DomainRow[] = [];
  try {
    await mkdir(join(directory, "images"), { recursive: true });
    for (let index = 0; index < items; index++) {
      const { rgb, ...item } = domainItem({ ...options, index });
      const png = await imaging.encodeImage(rgb, item.size, item.size, "png");
      await writeFile(join(directory, "images", `${item.name}.png`), png);
      rows.push({ ...item, fold: foldOfItem(index) });
      onProgress?.(index + 1, items);
    }
    const lines = rows.map(({ name, subject, fold, label }) => `${name},${subject},${fold},${label}`);
    await writeFile(join(directory, "labels.csv"), `item,subject,fold,class\n${lines.join("\n")}\n`);
  } finally {
    if (!options.imaging) await imaging.close();
  }
  return rows;
}
