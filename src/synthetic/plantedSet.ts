/** @file Planted regions on disk, in Kvasir-SEG's layout with lists of the folds, so that they are imported as a real set is. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { type PlantedRegion, type PlantedSetOptions, picture, plantedRegions } from "./plantedRegions.ts";

export interface WritePlantedSetOptions extends PlantedSetOptions {
  /** Created where it is missing. */
  readonly directory: string;
  readonly onProgress?: (done: number, total: number) => void;
  /** Decoder children to use; own ones are started and ended where this is not given. */
  readonly imaging?: Imaging;
}

/** Of six neighbours in size four are for test, so that every fold has all sizes, and test the smallest. */
export const foldOfRank = (rank: number): "train" | "validation" | "test" =>
  rank % 6 === 2 ? "validation" : rank % 6 === 5 ? "train" : "test";

/**
 * Writes images/NAME.jpg, masks/NAME.png (exact) and train.txt, val.txt and test.txt. The same options give the same files.
 * @throws DomainError BAD_INPUT for options outside their limits
 */
export async function writePlantedSet(options: WritePlantedSetOptions): Promise<readonly PlantedRegion[]> {
  const { directory, onProgress } = options;
  const regions = plantedRegions(options);
  const imaging = options.imaging ?? openImaging({ processes: 1 });
  try {
    await Promise.all(["images", "masks"].map((folder) => mkdir(join(directory, folder), { recursive: true })));
    for (const [done, region] of regions.entries()) {
      const { name, size, mask } = region;
      const jpeg = await imaging.encodeImage(picture(region), size, size, "jpeg");
      await writeFile(join(directory, "images", `${name}.jpg`), jpeg);
      await writeFile(join(directory, "masks", `${name}.png`), await imaging.encodeMask(mask, size, size));
      onProgress?.(done + 1, regions.length);
    }
    const lists = { train: "train.txt", validation: "val.txt", test: "test.txt" } as const;
    for (const [fold, file] of Object.entries(lists)) {
      const names = regions.filter(({ rank }) => foldOfRank(rank) === fold).map(({ name }) => name);
      await writeFile(join(directory, file), `${names.join("\n")}\n`);
    }
  } finally {
    if (!options.imaging) await imaging.close();
  }
  return regions;
}
