/** The real Kvasir-SEG folder, where it is: ../shared/data beside the repository. Read-only. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseBoxes, parseNameList } from "@tessera/domain/import/kvasirFiles";
import { pairKvasir } from "@tessera/domain/import/kvasirLayout";
import { officialSplit } from "@tessera/domain/split";
import { openImaging } from "@tessera/imaging/client";
import { afterAll, describe, expect, it } from "vitest";
import masks from "./fixtures/kvasirMasks.json" with { type: "json" }; // Pillow and SciPy, by kvasirMasks.py

const folder = fileURLToPath(new URL("../../../shared/data/kvasir-seg", import.meta.url));
const present = existsSync(folder);
if (!present) console.warn("Kvasir-SEG is not at ../shared/data/kvasir-seg: its tests are SKIPPED");
const imaging = openImaging({ processes: 2 });
afterAll(() => imaging.close());

describe.skipIf(!present)("Kvasir-SEG", () => {
  it("is 1000 pairs with boxes and the official lists: 792 + 88 + 120", async () => {
    const listing = await readdir(folder, { recursive: true });
    const layout = pairKvasir(listing.filter((path) => path.includes(".")));
    expect(layout.pairs).toHaveLength(1000);
    expect(layout.problems.map((problem) => problem.path)).toEqual(["sessile-196.txt"]);
    const read = (path: string) => readFile(join(folder, path), "utf8");
    expect(parseBoxes(await read(layout.boxesPath!)).size).toBe(1000);
    const split = officialSplit({
      train: parseNameList(await read(layout.splitLists!.train)),
      test: parseNameList(await read(layout.splitLists!.test)),
      items: layout.pairs.map(({ name }) => ({ id: name, name })),
    });
    expect(split).toMatchObject({ missing: [], unlisted: [] });
    const folds = Object.groupBy(split.items, (item) => item.fold);
    expect([folds.train, folds.validation, folds.test].map((fold) => fold?.length)).toEqual([792, 88, 120]);
  });

  it.each(masks)("decodes $name as Pillow and SciPy do", async ({ name, ...expected }) => {
    const [image, mask] = await Promise.all([
      imaging.image(await readFile(join(folder, "images", `${name}.jpg`))),
      imaging.mask(await readFile(join(folder, "masks", `${name}.jpg`))),
    ]);
    expect(mask).toMatchObject(expected);
    expect(mask.ringing).toBeLessThan(0.01);
    expect([image.width, image.height]).toEqual([expected.width, expected.height]);
    const small = await imaging.prepareMask(mask.png, 128);
    const share = small.reduce((sum, value) => sum + value, 0) / small.length;
    expect(Math.abs(share - expected.regionPixels / (expected.width * expected.height))).toBeLessThan(0.002);
  });
});
