/**
 * @file What COCO's JSON files say: images, categories, and the regions of each image.
 *
 * An annotation that cannot be used is a problem of its image: half of an image's regions would be a wrong mask. What names no image is
 * a problem of the JSON.
 */
import { checkClasses } from "../../classMask.ts";
import { DomainError } from "../../errors.ts";
import type { Region, Shape } from "./regions.ts";

export interface CocoImage<Label> {
  readonly fileName: string;
  /** As the JSON says; null where it does not. */
  readonly width: number | null;
  readonly height: number | null;
  readonly label: Label;
  /** Why it cannot be imported; null: nothing is wrong with it. */
  readonly problem: string | null;
}

export interface CocoFile<Label> {
  /** Names, by category id. */
  readonly classes: readonly string[];
  readonly images: readonly CocoImage<Label>[];
  /** Of the JSON as a whole, in words; null where there is none. */
  readonly problem: string | null;
  /** Annotations that have a box and no outline: their region is the box. */
  readonly boxes: number;
}

/** The segments of a panoptic set's PNG. */
export interface Segments {
  readonly fileName: string;
  /** Segment id (R + 256 G + 65536 B) and class index. */
  readonly classOf: readonly (readonly [id: number, classIndex: number])[];
}

type Row = Record<string, unknown>;

/**
 * An image without annotations has an empty mask. Crowds are regions of their class. An annotation of a detection, which has a box
 * alone, is the region of its box.
 * @throws DomainError BAD_FILE, BAD_INPUT
 */
export function parseInstances(text: string): CocoFile<readonly Region[]> {
  const { images, annotations, classIndex, classes } = readRows(text);
  const byImage = new Map<unknown, Row[]>(images.map(({ id }) => [id, []]));
  let [strays, boxes] = [0, 0];
  for (const annotation of annotations) {
    const of = byImage.get(annotation.image_id);
    if (of) of.push(annotation);
    else strays++;
  }
  const read = images.map((image) => {
    try {
      const of = byImage.get(image.id)!;
      const label = of.map((annotation) => ({
        classIndex: classOf(annotation, classIndex),
        shape: shapeOf(annotation),
      }));
      boxes += of.filter((annotation) => !hasOutline(annotation)).length;
      return imageOf(image, label, null);
    } catch (error) {
      return imageOf(image, [], (error as Error).message);
    }
  });
  return { classes, problem: strayText(strays), boxes, images: read };
}

const strayText = (strays: number) =>
  strays === 0 ? null : `${strays} annotations name an image id that the file does not list; they are left out`;

/** `label` is null for an image without a PNG of segments: that one has an empty mask. @throws DomainError BAD_FILE, BAD_INPUT */
export function parsePanoptic(text: string): CocoFile<Segments | null> {
  const { images, annotations, classIndex, classes } = readRows(text);
  const byImage = new Map(annotations.map((annotation) => [annotation.image_id, annotation]));
  const known = new Set(images.map(({ id }) => id));
  const strays = annotations.filter(({ image_id }) => !known.has(image_id)).length;
  return {
    classes,
    problem: strayText(strays),
    boxes: 0,
    images: images.map((image) => {
      const annotation = byImage.get(image.id);
      if (annotation === undefined) return imageOf(image, null, null);
      try {
        return imageOf(image, segmentsOf(annotation, classIndex), null);
      } catch (error) {
        return imageOf(image, null, (error as Error).message);
      }
    }),
  };
}

function readRows(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new DomainError("BAD_FILE", `The annotations are not valid JSON: ${(error as Error).message}`);
  }
  const list = (name: string): Row[] => {
    const rows = isRow(value) ? value[name] : undefined;
    if (Array.isArray(rows) && rows.every(isRow)) return rows;
    throw new DomainError(
      "BAD_FILE",
      `The annotations: expected COCO's lists images, annotations and categories; "${name}" is missing`,
    );
  };
  const [images, annotations] = [list("images"), list("annotations")];
  const categories = list("categories").toSorted((a, b) => Number(a.id) - Number(b.id));
  checkClasses(categories.length);
  const names = categories.map(({ name, id }) => (typeof name === "string" && name !== "" ? name : `category ${id}`));
  const twice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  return {
    images,
    annotations,
    classIndex: new Map(categories.map(({ id }, index) => [id, index])),
    classes: names.map((name, index) => (twice(name) ? `${name} (${categories[index]!.id})` : name)),
  };
}

const imageOf = <Label>(image: Row, label: Label, problem: string | null): CocoImage<Label> => ({
  fileName: typeof image.file_name === "string" ? image.file_name : `image ${image.id}`,
  width: typeof image.width === "number" ? image.width : null,
  height: typeof image.height === "number" ? image.height : null,
  label,
  problem,
});

function classOf({ id, category_id }: Row, classIndex: ReadonlyMap<unknown, number>): number {
  const index = classIndex.get(category_id);
  if (index !== undefined) return index;
  throw new Error(
    `Annotation ${id} has category ${category_id}, which the file does not list; add it, or remove the annotation`,
  );
}

/** An empty list of polygons is how files of detections say that there is none. */
const hasOutline = ({ segmentation }: Row) =>
  segmentation !== undefined && segmentation !== null && !(Array.isArray(segmentation) && segmentation.length === 0);

/** As the pycocotools draw boxes: the polygon of their corners. */
function boxShape({ bbox }: Row): Shape | null {
  if (!isNumbers(bbox) || bbox.length !== 4) return null;
  const [x, y, width, height] = bbox as unknown as [number, number, number, number];
  if (!(width > 0 && height > 0)) return null;
  return { polygons: [[x, y, x, y + height, x + width, y + height, x + width, y]] };
}

function shapeOf(annotation: Row): Shape {
  const { id, segmentation } = annotation;
  const box = hasOutline(annotation) ? null : boxShape(annotation);
  if (box !== null) return box;
  if (Array.isArray(segmentation) && segmentation.length > 0 && segmentation.every(isNumbers)) {
    return { polygons: segmentation };
  }
  if (isRow(segmentation) && isNumbers(segmentation.size) && segmentation.size.length === 2) {
    const { counts, size } = segmentation;
    if (typeof counts === "string" || isNumbers(counts)) return { counts, size: size as unknown as [number, number] };
  }
  throw new Error(
    `Annotation ${id} has no polygon and no run lengths in "segmentation", and no [x, y, width, height] in "bbox"; add either, or remove the annotation`,
  );
}

function segmentsOf(annotation: Row, classIndex: ReadonlyMap<unknown, number>): Segments {
  const { file_name: fileName, segments_info: segments } = annotation;
  if (typeof fileName !== "string" || !Array.isArray(segments) || !segments.every(isRow)) {
    throw new Error(`The annotation of image ${annotation.image_id} lacks "file_name" or "segments_info"`);
  }
  const classes = segments.map((segment) => {
    const { id } = segment;
    if (!Number.isInteger(id) || (id as number) < 1 || (id as number) >= 2 ** 24) {
      throw new Error(`A segment has the id ${id}; expected a whole number from 1 to ${2 ** 24 - 1}`);
    }
    return [id as number, classOf(segment, classIndex)] as const;
  });
  return { fileName, classOf: classes };
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((each) => typeof each === "number" && Number.isFinite(each));
