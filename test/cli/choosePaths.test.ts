import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { choosePaths } from "@tessera/cli/import/choosePaths";
import { afterEach, expect, it } from "vitest";

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

function folder(...paths: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "tessera-choose-"));
  made.push(directory);
  for (const path of paths) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), "");
  }
  return directory;
}

const sorted = ({ layout, paths }: Awaited<ReturnType<typeof choosePaths>>) => ({ layout, paths: paths.toSorted() });

it("guesses the layout, and leaves out what has no part in it", async () => {
  const volumes = folder("imagesTr/a.nii", "labelsTr/a.nii", "dataset.json", "imagesTs/b.nii", ".DS_Store");
  expect(sorted(await choosePaths({ directory: volumes }))).toEqual({
    layout: "nifti",
    paths: ["dataset.json", "imagesTr/a.nii", "labelsTr/a.nii"],
  });
  const coco = folder("val/a.jpg", "annotations/instances.json", "notes.txt");
  expect(sorted(await choosePaths({ directory: coco }))).toEqual({
    layout: "coco-instances",
    paths: ["annotations/instances.json", "val/a.jpg"],
  });
  const pairs = folder("images/a.jpg", "masks/a.png", "images/b.jpg", "x/notes.txt");
  expect(sorted(await choosePaths({ directory: pairs }))).toEqual({
    layout: "kvasir-seg",
    paths: ["images/a.jpg", "images/b.jpg", "masks/a.png"],
  });
});

it("takes the layout that is named, where the folder has it", async () => {
  const directory = folder("images/a.jpg", "masks/a.png");
  expect(await choosePaths({ directory, layout: "index-masks" })).toMatchObject({ layout: "index-masks" });
  await expect(choosePaths({ directory, layout: "nifti" })).rejects.toThrow("nothing of the layout nifti");
  await expect(choosePaths({ directory: folder("a.txt") })).rejects.toThrow("no layout that is known");
  await expect(choosePaths({ directory: join(directory, "none") })).rejects.toThrow("cannot be read as a folder");
});

it("chooses items of a Kvasir-SEG folder by name, and of no other", async () => {
  const files = ["a", "b", "c", "d"].flatMap((name) => [`images/${name}.jpg`, `masks/${name}.jpg`]);
  const { paths } = await choosePaths({ directory: folder(...files), items: 2 });
  expect(paths).toHaveLength(4);
  await expect(choosePaths({ directory: folder("images/a.nii", "labels/a.nii"), items: 2 })).rejects.toThrow(
    "of a Kvasir-SEG folder only",
  );
});
