/** @file Which files of a folder are features, which only say where their tiles are, and what CLAM's table means. */
import { parseClassTable } from "@tessera/domain/import/classTable";
import { fileOfItem } from "@tessera/domain/import/classTableLayout";
import { findFeatureFiles } from "@tessera/domain/import/featureFilesLayout";
import { guessLayout } from "@tessera/domain/import/layouts";
import { expect, it } from "vitest";

it("are guessed by their endings, but beside slides the slides are meant", () => {
  expect(guessLayout(["x/a.h5", "labels.csv"])).toBe("feature-files");
  expect(guessLayout(["a.safetensors"])).toBe("feature-files");
  expect(guessLayout(["pt_files/a.pt"])).toBe("feature-files"); // refused by name, with what to do
  expect(guessLayout(["a.svs", "a.h5"])).toBe("slides");
});

it("are told from patches and from copies without places", () => {
  const { tablePath, files, patches, problems } = findFeatureFiles([
    "clam.csv",
    "h5_files/a.h5",
    "pt_files/a.pt",
    "patches/a.h5",
    "features/b.hdf5",
    "patches/b_patches.h5",
    "pt_files/c.pt",
    "patches/d.h5",
    "masks/a.jpg",
    ".DS_Store",
  ]);
  expect(tablePath).toBe("clam.csv");
  expect(files.paths).toEqual(["features/b.hdf5", "h5_files/a.h5", "pt_files/c.pt"]);
  expect([...patches]).toEqual([
    ["features/b.hdf5", "patches/b_patches.h5"],
    ["h5_files/a.h5", "patches/a.h5"],
  ]);
  expect(problems.map(({ path, code }) => [path, code])).toEqual([
    ["masks/a.jpg", "UNUSED_FILE"],
    ["pt_files/a.pt", "UNUSED_FILE"],
    ["patches/d.h5", "UNUSED_FILE"],
  ]);
  expect(fileOfItem(files, "a.svs", "features")).toBe("h5_files/a.h5");
  expect(fileOfItem(files, "b", "features")).toBe("features/b.hdf5");
  expect(fileOfItem(files, "z", "features")).toBeNull();
});

it("CLAM's own table names slides and cases; beside an item, a slide is its name", () => {
  const clam = parseClassTable("case_id,slide_id,label\np1,a.svs,t\np2,b,n\n", null, true);
  expect(clam.rows.map(({ item, subject, slide }) => [item, subject, slide])).toEqual([
    ["a.svs", "p1", undefined],
    ["b", "p2", undefined],
  ]);
  const named = "item,slide,class\na,one,t\nb,,n\n";
  expect(parseClassTable(named, null, true).rows.map(({ item, slide }) => [item, slide])).toEqual([
    ["a", "one"],
    ["b", undefined],
  ]);
  expect(() => parseClassTable(named, null)).toThrow('"item" and "slide" both name the item');
});
