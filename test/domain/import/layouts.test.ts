import { findCoco } from "@tessera/domain/import/coco/layout";
import { pairIndexMasks } from "@tessera/domain/import/indexMaskLayout";
import { guessLayout } from "@tessera/domain/import/layouts";
import { pairVolumes } from "@tessera/domain/import/niftiLayout";
import { describe, expect, it } from "vitest";

describe("a guess from the paths", () => {
  it.each([
    ["kvasir-seg", ["K/images/a.jpg", "K/masks/a.jpg", "K/boxes.json"]],
    ["index-masks", ["images/a.jpg", "masks/a.png", "classes.txt"]],
    ["coco-instances", ["val2017/a.jpg", "annotations/instances_val2017.json"]],
    ["coco-panoptic", ["val2017/a.jpg", "annotations/panoptic_val2017.json", "annotations/panoptic_val2017/a.png"]],
    ["nifti", ["Task09/imagesTr/a.nii.gz", "Task09/labelsTr/a.nii.gz", "Task09/dataset.json"]],
    [null, ["a.txt", ".DS_Store", "__MACOSX/images/a.jpg", "__MACOSX/masks/a.jpg"]],
    [null, ["photos/a.jpg"]],
  ])("%s", (layout, paths) => expect(guessLayout(paths)).toBe(layout));
});

describe("index masks", () => {
  it("are PNG files beside their images, with a list of classes", () => {
    expect(
      pairIndexMasks([
        "x/images/a.jpg",
        "x/masks/a.png",
        "x/classes.txt",
        "x/classes.json",
        "x/images/b.png",
        "x/masks/b.jpg",
      ]),
    ).toEqual({
      pairs: [{ name: "a", imagePath: "x/images/a.jpg", maskPath: "x/masks/a.png" }],
      classesPath: "x/classes.json",
      problems: [
        expect.objectContaining({ path: "x/classes.txt", code: "UNUSED_FILE" }),
        expect.objectContaining({ path: "x/masks/b.jpg", code: "NOT_AN_IMAGE" }),
      ],
    });
  });
});

describe("volumes", () => {
  const problems = (paths: string[]) => pairVolumes(paths).problems.map(({ path, code }) => [path, code]);

  it("of the Decathlon: the same names in imagesTr and labelsTr", () => {
    expect(
      pairVolumes([
        "T/imagesTr/b_002.nii.gz",
        "T/labelsTr/b_002.nii.gz",
        "T/imagesTr/a.nii",
        "T/labelsTr/a.nii.gz",
        "T/dataset.json",
        "T/imagesTr/._a.nii",
      ]),
    ).toEqual({
      volumes: [
        { name: "a", imagePath: "T/imagesTr/a.nii", labelPath: "T/labelsTr/a.nii.gz" },
        { name: "b_002", imagePath: "T/imagesTr/b_002.nii.gz", labelPath: "T/labelsTr/b_002.nii.gz" },
      ],
      datasetPath: "T/dataset.json",
      problems: [],
    });
  });

  it("of nnU-Net: the first channel, named without its suffix", () => {
    const layout = pairVolumes([
      "imagesTr/a_0000.nii.gz",
      "imagesTr/a_0001.nii.gz",
      "labelsTr/a.nii.gz",
      "imagesTs/c_0000.nii.gz",
    ]);
    expect(layout.volumes).toEqual([
      { name: "a", imagePath: "imagesTr/a_0000.nii.gz", labelPath: "labelsTr/a.nii.gz" },
    ]);
    expect(layout.problems.map(({ path, code }) => [path, code])).toEqual([
      ["imagesTr/a_0001.nii.gz", "UNUSED_FILE"],
      ["imagesTs/c_0000.nii.gz", "UNUSED_FILE"],
    ]);
  });

  it("keep a four-digit ending that their labels have too", () => {
    expect(pairVolumes(["images/a_0012.nii", "labels/a_0012.nii"]).volumes[0]!.name).toBe("a_0012");
  });

  it.each([
    ["NO_MASK", ["images/a.nii", "images/b.nii", "labels/b.nii"], "images/a.nii"],
    ["NO_IMAGE", ["images/b.nii", "labels/a.nii", "labels/b.nii"], "labels/a.nii"],
    ["DOUBLE_NAME", ["images/a.nii", "images/a.nii.gz", "labels/a.nii"], "images/a.nii.gz"],
    ["NOT_AN_IMAGE", ["images/a.nii", "labels/a.nii", "labels/b.mha"], "labels/b.mha"],
    ["OTHER_ROOT", ["x/images/a.nii", "x/labels/a.nii", "y/labels/b.nii"], "y/labels/b.nii"],
  ])("report %s", (code, paths, at) => expect(problems(paths)).toEqual([[at, code]]));
});

describe("a COCO folder", () => {
  it("finds its JSON, and files by name or by the end of their path", () => {
    const layout = findCoco(
      [
        "c/annotations/captions.json",
        "c/annotations/instances.json",
        "c/train/a.jpg",
        "c/val/a.jpg",
        "c/val/b.jpg",
        "c/subjects.csv",
      ],
      "instances",
    );
    expect(layout).toMatchObject({ jsonPath: "c/annotations/instances.json", subjectsPath: "c/subjects.csv" });
    expect(layout.problems).toMatchObject([{ path: "c/annotations/captions.json", code: "UNUSED_FILE" }]);
    expect(["b.jpg", "val/a.jpg", "./val/b.jpg", "a.jpg", "none.jpg"].map((name) => layout.images.find(name))).toEqual([
      "c/val/b.jpg",
      "c/val/a.jpg",
      "c/val/b.jpg",
      null, // which of the two?
      null,
    ]);
  });

  it("tells the PNG files of segments from PNG images", () => {
    const layout = findCoco(["images/a.png", "panoptic_val/a.png", "panoptic_val.json"], "panoptic");
    expect(layout.images.find("a.png")).toBe("images/a.png");
    expect(layout.segments.find("a.png")).toBe("panoptic_val/a.png");
  });
});
