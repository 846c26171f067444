/** @file A made endoscopy set on disk, in Kvasir-SEG's layout, so that it is imported as a real one is. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { type EndoscopyItem, endoscopyItem } from "./endoscopy.ts";
import type { EndoscopyDomain } from "./world.ts";

export interface EndoscopySetOptions {
  /** Created where it is missing. */
  readonly directory: string;
  readonly items: number;
  /** Side of the images, px. */
  readonly size?: number;
  readonly seed?: number;
  readonly domain?: EndoscopyDomain;
  readonly onProgress?: (done: number, total: number) => void;
  /** Decoder children to use; own ones are started and ended where this is not given. */
  readonly imaging?: Imaging;
}

export interface EndoscopySetSummary {
  readonly items: number;
  readonly subjects: number;
  /** Smallest and largest region, as shares of the image. */
  readonly regionShares: readonly [number, number];
}

/** Items made while earlier ones are encoded and written; bounds memory. */
const ahead = 6;

/**
 * Writes images/NAME.jpg (quality 92), masks/NAME.png (exact), subjects.csv and bboxes.json. The same options give the
 * same files.
 * @throws DomainError BAD_INPUT for a number of items or a size outside its limits
 */
export async function writeEndoscopySet(options: EndoscopySetOptions): Promise<EndoscopySetSummary> {
  const { directory, items, size = 256, seed = 1, domain = "a", onProgress } = options;
  if (!Number.isInteger(items) || items < 1 || items > 100_000) {
    throw new DomainError("BAD_INPUT", `items: expected a whole number from 1 to 100000, got ${items}`);
  }
  const imaging = options.imaging ?? openImaging({ processes: 1 });
  const subjects: string[] = [];
  const boxes: Record<string, unknown> = {};
  const regionShares: [number, number] = [1, 0];
  try {
    await Promise.all(["images", "masks"].map((folder) => mkdir(join(directory, folder), { recursive: true })));
    const writing = new Set<Promise<void>>();
    let done = 0;
    for (let index = 0; index < items; index++) {
      const item = endoscopyItem({ seed, index, size, domain });
      subjects.push(`${item.name},${item.subject}`);
      boxes[item.name] = { height: item.height, width: item.width, bbox: item.boxes };
      regionShares[0] = Math.min(regionShares[0], item.regionShare);
      regionShares[1] = Math.max(regionShares[1], item.regionShare);
      const written = writeItem(directory, item, imaging).then(() => {
        writing.delete(written);
        onProgress?.(++done, items);
      });
      written.catch(() => undefined); // it stays in the set, and fails the await below
      writing.add(written);
      if (writing.size >= ahead) await Promise.race(writing);
      else await new Promise(setImmediate); // lets the children's answers in between two items
    }
    await Promise.all(writing);
    await writeFile(join(directory, "subjects.csv"), `name,subject\n${subjects.join("\n")}\n`);
    await writeFile(join(directory, "bboxes.json"), JSON.stringify(boxes));
  } finally {
    if (!options.imaging) await imaging.close();
  }
  return { items, subjects: new Set(subjects.map((line) => line.split(",")[1])).size, regionShares };
}

async function writeItem(directory: string, item: EndoscopyItem, imaging: Imaging): Promise<void> {
  const { name, rgb, mask, width, height } = item;
  const [jpeg, png] = await Promise.all([
    imaging.encodeImage(rgb, width, height, "jpeg"),
    imaging.encodeMask(mask, width, height),
  ]);
  await Promise.all([
    writeFile(join(directory, "images", `${name}.jpg`), jpeg),
    writeFile(join(directory, "masks", `${name}.png`), png),
  ]);
}
