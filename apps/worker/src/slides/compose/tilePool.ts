/** @file The tiles of one fold whose own labels are known, read row by row from the files of their bags: no more is held than what is asked for. */
import { open } from "node:fs/promises";
import { type BagFeatures, decodeBag, readBagSides } from "@tessera/domain/bags/npy";
import { decodeTileLabels } from "@tessera/domain/bags/tileLabels";
import { DomainError } from "@tessera/domain/errors";
import type { Objects } from "@tessera/objects/objects";
import type { Item } from "@tessera/store/items";
import type { TileLabelRow } from "@tessera/store/tileLabels";

export interface LabelledBag {
  readonly item: Item;
  readonly labels: TileLabelRow;
}

export interface TilePool {
  /** Whether each tile is a witness; a tile's place here is its name. */
  readonly positive: readonly boolean[];
  /** Rows of these tiles, in the order asked. */
  rows(tiles: readonly number[]): Promise<BagFeatures>;
}

const headerBytes = 512;

/** @throws DomainError BAD_INPUT where the bags are of other features than one another */
export async function tilePool(objects: Objects, teamId: string, bags: readonly LabelledBag[]): Promise<TilePool> {
  const features = bags[0]?.item.width ?? 0;
  const other = bags.find(({ item }) => item.width !== features);
  if (other) {
    const message = `Expected tiles of ${features} features in every bag, and ${other.item.name} has ${other.item.width}`;
    throw new DomainError("BAD_INPUT", message);
  }
  const positive: boolean[] = [];
  const places: { readonly bag: number; readonly row: number }[] = [];
  for (const [bag, { labels }] of bags.entries()) {
    const own = decodeTileLabels(await objects.read(teamId, labels.sha256));
    for (const [row, label] of own.entries()) {
      positive.push(label === 1);
      places.push({ bag, row });
    }
  }
  return {
    positive,
    async rows(tiles) {
      const bytes = Buffer.alloc(4 * features * tiles.length);
      const asked = Map.groupBy(tiles.entries(), ([, tile]) => places[tile]!.bag);
      for (const [bag, ofBag] of asked) {
        await using file = await open(await objects.path(teamId, bags[bag]!.item.sha256));
        const head = Buffer.alloc(headerBytes);
        const { bytesRead } = await file.read(head, 0, headerBytes, 0);
        const { start } = readBagSides(head.subarray(0, bytesRead));
        for (const [at, tile] of ofBag) {
          const from = start + 4 * features * places[tile]!.row;
          await file.read(bytes, 4 * features * at, 4 * features, from);
        }
      }
      const values = new Float32Array(bytes.buffer, bytes.byteOffset, features * tiles.length);
      return { tiles: tiles.length, features, values };
    },
  };
}

/** A few whole bags: what a picture's shades are taken from. */
export const someBags = (objects: Objects, teamId: string, bags: readonly LabelledBag[], most: number) =>
  Promise.all(bags.slice(0, most).map(async ({ item }) => decodeBag(await objects.read(teamId, item.sha256))));
