import { pairKvasir } from "@tessera/domain/import/kvasirLayout";
import { describe, expect, it } from "vitest";

const codes = (paths: string[]) => pairKvasir(paths).problems.map(({ path, code }) => [path, code]);

describe("pairKvasir", () => {
  it("pairs by name under a root folder, and finds boxes, lists and subjects", () => {
    const layout = pairKvasir([
      "Kvasir-SEG/masks/b.png",
      "Kvasir-SEG/images/b.jpg",
      "Kvasir-SEG/images/a.JPEG",
      "Kvasir-SEG/masks/a.jpg",
      "Kvasir-SEG/kavsir_bboxes.json",
      "Kvasir-SEG/split-official-train-880.txt",
      "Kvasir-SEG/split-official-test-120.txt",
      "Kvasir-SEG/subjects.csv",
      "Kvasir-SEG/README.md",
      "__MACOSX/Kvasir-SEG/images/._a.jpg",
      "Kvasir-SEG/.DS_Store",
    ]);
    expect(layout).toEqual({
      pairs: [
        { name: "a", imagePath: "Kvasir-SEG/images/a.JPEG", maskPath: "Kvasir-SEG/masks/a.jpg" },
        { name: "b", imagePath: "Kvasir-SEG/images/b.jpg", maskPath: "Kvasir-SEG/masks/b.png" },
      ],
      boxesPath: "Kvasir-SEG/kavsir_bboxes.json",
      splitLists: { train: "Kvasir-SEG/split-official-train-880.txt", test: "Kvasir-SEG/split-official-test-120.txt" },
      subjectsPath: "Kvasir-SEG/subjects.csv",
      problems: [],
    });
  });

  it.each([
    {
      name: "three lists",
      files: ["train.txt", "test.txt", "val.txt"],
      lists: { train: "train.txt", test: "test.txt", validation: "val.txt" },
    },
    {
      name: "val.txt as the held-out part",
      files: ["train.txt", "val.txt"],
      lists: { train: "train.txt", test: "val.txt" },
    },
    { name: "one list alone is no split", files: ["train.txt"], lists: undefined },
  ])("$name", ({ files, lists }) =>
    expect(pairKvasir(["images/a.jpg", "masks/a.jpg", ...files]).splitLists).toEqual(lists),
  );

  it.each([
    { code: "NO_MASK", paths: ["images/a.jpg"], at: "images/a.jpg" },
    { code: "NO_IMAGE", paths: ["masks/a.jpg"], at: "masks/a.jpg" },
    { code: "DOUBLE_NAME", paths: ["images/a.jpg", "images/a.png", "masks/a.png"], at: "images/a.png" },
    { code: "NOT_AN_IMAGE", paths: ["images/a.tif"], at: "images/a.tif" },
    { code: "OTHER_ROOT", paths: ["x/images/a.jpg", "x/masks/a.jpg", "y/images/b.jpg"], at: "y/images/b.jpg" },
    { code: "UNUSED_FILE", paths: ["images/a.jpg", "masks/a.jpg", "weights.h5"], at: "weights.h5" },
    { code: "UNUSED_FILE", paths: ["images/a.jpg", "masks/a.jpg", "train.txt"], at: "train.txt" },
  ])("reports $code at $at", ({ paths, code, at }) => expect(codes(paths)).toEqual([[at, code]]));
});
