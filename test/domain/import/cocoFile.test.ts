import { parseInstances, parsePanoptic } from "@tessera/domain/import/coco/file";
import { drawRegions } from "@tessera/domain/import/coco/regions";
import { describe, expect, it } from "vitest";

const categories = [
  { id: 7, name: "tool" },
  { id: 2, name: "polyp" },
];
const images = [
  { id: 1, file_name: "a.jpg", width: 20, height: 10 },
  { id: 2, file_name: "b.jpg" },
];
const polygon = [[0, 0, 4, 0, 4, 4]];

describe("instances", () => {
  const parse = (annotations: object[]) => parseInstances(JSON.stringify({ images, annotations, categories }));

  it("become regions by image; classes by category id; an image without annotations stays", () => {
    const {
      classes,
      images: read,
      problem,
      boxes,
    } = parse([
      { id: 1, image_id: 1, category_id: 7, segmentation: polygon },
      { id: 2, image_id: 1, category_id: 2, segmentation: { counts: [3, 2], size: [1, 5] }, iscrowd: 1 },
      { id: 3, image_id: 1, category_id: 2, segmentation: { counts: "05", size: [1, 5] } },
    ]);
    expect(classes).toEqual(["polyp", "tool"]);
    expect([problem, boxes]).toEqual([null, 0]);
    expect(read).toEqual([
      {
        fileName: "a.jpg",
        width: 20,
        height: 10,
        problem: null,
        label: [
          { classIndex: 1, shape: { polygons: polygon } },
          { classIndex: 0, shape: { counts: [3, 2], size: [1, 5] } },
          { classIndex: 0, shape: { counts: "05", size: [1, 5] } },
        ],
      },
      { fileName: "b.jpg", width: null, height: null, problem: null, label: [] },
    ]);
  });

  it("that cannot be used are a problem of their image, and of the file where they name none", () => {
    const { images: read, problem } = parse([
      { id: 1, image_id: 1, category_id: 99, segmentation: polygon },
      { id: 2, image_id: 2, category_id: 2, segmentation: [] },
      { id: 3, image_id: 5, category_id: 2, segmentation: polygon },
    ]);
    expect(read[0]!.problem).toMatch("category 99, which the file does not list");
    expect(read[1]!.problem).toMatch("no polygon and no run lengths");
    expect(problem).toMatch("1 annotations name an image id");
  });

  it("of a detection, which have a box alone, are the region of their box; an outline counts more", () => {
    const bbox = [3, 2, 5, 4];
    const { images: read, boxes } = parse([
      { id: 1, image_id: 1, category_id: 7, segmentation: [], bbox },
      { id: 2, image_id: 1, category_id: 2, segmentation: polygon, bbox },
      { id: 3, image_id: 2, category_id: 2, bbox: [1, 1, 0, 4] },
    ]);
    expect(boxes).toBe(1);
    const [box, outlined] = read[0]!.label;
    expect(outlined).toEqual({ classIndex: 0, shape: { polygons: polygon } });
    const drawn = drawRegions([box!], 20, 10);
    const inside = (x: number, y: number) => x >= 3 && x < 8 && y >= 2 && y < 6;
    expect(Array.from(drawn)).toEqual(
      Array.from({ length: 200 }, (_, i) => (inside(i % 20, Math.floor(i / 20)) ? 2 : 0)),
    );
    expect(read[1]!.problem).toMatch('no [x, y, width, height] in "bbox"');
  });

  it("keep categories of one name apart", () => {
    const twice = [...categories, { id: 9, name: "tool" }];
    expect(parseInstances(JSON.stringify({ images, annotations: [], categories: twice })).classes).toEqual([
      "polyp",
      "tool (7)",
      "tool (9)",
    ]);
  });

  it("are refused as a whole where a list is missing", () => {
    expect(() => parseInstances('{"images": [], "annotations": []}')).toThrow('"categories" is missing');
    expect(() => parseInstances("[")).toThrow("not valid JSON");
  });
});

describe("panoptic segments", () => {
  const parse = (annotations: object[]) => parsePanoptic(JSON.stringify({ images, annotations, categories }));

  it("become ids with their class", () => {
    const { images: read } = parse([
      { image_id: 1, file_name: "a.png", segments_info: [{ id: 300, category_id: 7 }, { id: 1, category_id: 2 }] },
    ]); // biome-ignore format: a list
    expect(read.map(({ label }) => label)).toEqual([{ fileName: "a.png", classOf: [[300, 1], [1, 0]] }, null]); // biome-ignore format: pairs
  });

  it("with an id that no pixel can have, or an unknown category, are a problem of their image", () => {
    const { images: read } = parse([
      { image_id: 1, file_name: "a.png", segments_info: [{ id: 0, category_id: 7 }] },
      { image_id: 2, file_name: "b.png", segments_info: [{ id: 4, category_id: 1 }] },
    ]);
    expect(read.map(({ problem }) => problem)).toEqual([
      expect.stringContaining("from 1 to 16777215"),
      expect.stringContaining("category 1, which the file does not list"),
    ]);
  });
});
