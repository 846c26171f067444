/** @file Tile maps as they are kept: a file of values each, and the highest tiles with their places. */
import { type TileMap, type TilePlace, type TopTile, topTiles } from "@tessera/domain/inspections/tileMaps";
import type { TileValues } from "@tessera/models/mil/tileValues";
import type { Given } from "./given.ts";

/** @param places by tile; null: of no slide that is here */
export async function shownMaps(
  given: Pick<Given, "storeBlob">,
  maps: readonly TileValues[],
  places: readonly TilePlace[] | null,
): Promise<TileMap[]> {
  const shown: TileMap[] = [];
  for (const { kind, classIndex, values } of maps) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    shown.push({
      kind,
      classIndex,
      values: await given.storeBlob(bytes, "application/octet-stream"),
      low: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
      high: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
      top: highest(values).map((tile): TopTile => ({ tile, value: values[tile]!, place: places?.[tile] ?? null })),
    });
  }
  return shown;
}

/** Of equal ones the earlier. */
const highest = (values: Float32Array): number[] =>
  Array.from(values.keys())
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, topTiles);
