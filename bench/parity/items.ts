/** @file Which Kvasir-SEG items train, select and test: the product's own split of the official lists, or a part of it. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseNameList } from "@tessera/domain/import/kvasirFiles";
import { pairKvasir } from "@tessera/domain/import/kvasirLayout";
import { officialSplit } from "@tessera/domain/split";
import { type Fold, folds } from "@tessera/domain/words";

export interface ParityItem {
  readonly name: string;
  /** Absolute paths. */
  readonly image: string;
  readonly mask: string;
}

export type FoldedItems = Readonly<Record<Fold, readonly ParityItem[]>>;

/** @param count how many in all, each fold by its share; those of smallest sha256(name). Infinity: all. @throws Error without the data */
export async function parityItems(count: number): Promise<FoldedItems> {
  const folder = resolve(process.env.KVASIR_SEG ?? "../shared/data/kvasir-seg");
  if (!existsSync(folder)) throw new Error(`${folder} does not exist: set KVASIR_SEG to a Kvasir-SEG folder`);
  const layout = pairKvasir(await readdir(folder, { recursive: true }));
  if (!layout.splitLists)
    throw new Error(`${folder} has no official lists (split-official-train-880.txt and its test list)`);
  const list = async (path: string) => parseNameList(await readFile(join(folder, path), "utf8"));
  const split = officialSplit({
    train: await list(layout.splitLists.train),
    test: await list(layout.splitLists.test),
    items: layout.pairs.map(({ name }) => ({ id: name, name })),
  });
  const share = Math.min(1, count / split.items.length);
  const hash = (name: string) => createHash("sha256").update(name).digest("hex");
  const pairs = new Map(layout.pairs.map((pair) => [pair.name, pair]));
  const of = (fold: Fold): ParityItem[] => {
    const names = split.items.filter((item) => item.fold === fold).map(({ name }) => name);
    const chosen = names
      .toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1))
      .slice(0, Math.max(1, Math.round(share * names.length)));
    return chosen.map((name) => {
      const { imagePath, maskPath } = pairs.get(name)!;
      return { name, image: join(folder, imagePath), mask: join(folder, maskPath) };
    });
  };
  return Object.fromEntries(folds.map((fold) => [fold, of(fold)])) as unknown as FoldedItems;
}
