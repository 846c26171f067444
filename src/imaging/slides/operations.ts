/** @file What a slide child can do, by name. The client knows these by type only. A slide is opened when first asked for, and the last one held. */
import { writeFile } from "node:fs/promises";
import { DomainError } from "@tessera/domain/errors";
import { sharpness } from "@tessera/domain/slides/sharpness";
import type { TileRule } from "@tessera/domain/slides/tileRule";
import { zoomLevels } from "@tessera/domain/slides/zoom";
import { encodeGrey, encodeImage } from "../encode.ts";
import { readArea } from "./area.ts";
import { writeDeidentified } from "./deidentify.ts";
import { openSlide } from "./openSlide.ts";
import { regionLimit, type SlideInfo, type SlideReader } from "./slide.ts";
import { type TissueGrid, tissueGrid } from "./tissueGrid.ts";

export interface SlideFile {
  /** On this machine. */
  readonly path: string;
  /** As its owner calls it: the ending is held against what the file is. */
  readonly name: string;
}

export interface Region {
  readonly level: number;
  /** Left and upper side, pixels of level 0. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the level. */
  readonly width: number;
  readonly height: number;
}

export interface TileList {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Pixels of level 0 that a tile covers. */
  readonly extent: { readonly x: number; readonly y: number };
  /** Pixels of a tile's side as it is given. */
  readonly size: number;
}

let held: { readonly path: string; readonly slide: SlideReader } | null = null;

async function opened({ path, name }: SlideFile): Promise<SlideReader> {
  if (held?.path === path) return held.slide;
  held?.slide.close();
  held = null;
  const slide = await openSlide(path, name);
  held = { path, slide };
  return slide;
}

/** A slide that failed once fails ever after: the next request opens it anew. */
async function using<T>(file: SlideFile, work: (slide: SlideReader) => T | Promise<T>): Promise<T> {
  const slide = await opened(file);
  try {
    return await work(slide);
  } catch (error) {
    if (held?.slide === slide) {
      slide.close();
      held = null;
    }
    throw error;
  }
}

/** @throws DomainError BAD_FILE saying what was expected */
const describe = (file: SlideFile): Promise<SlideInfo> => using(file, ({ info }) => info);

/** @returns [height*width*3] RGB. @throws DomainError BAD_FILE; BAD_INPUT for no such level, or a region over the limit */
const region = (file: SlideFile, { level, x, y, width, height }: Region): Promise<Uint8Array> =>
  using(file, (slide) => {
    const levels = slide.info.levels.length;
    if (!Number.isInteger(level) || level < 0 || level >= levels) {
      throw new DomainError("BAD_INPUT", `level: expected 0 to ${levels - 1}, got ${level}`, { field: "level" });
    }
    if (!(width >= 1 && height >= 1 && width * height <= regionLimit)) {
      const message = `Expected a region of 1 to ${regionLimit} pixels, got ${width} x ${height}; read it in parts`;
      throw new DomainError("BAD_INPUT", message, { width, height, regionLimit });
    }
    return slide.read(level, x, y, width, height);
  });

/** The whole slide, longest side at most `side`. JPEG. @throws DomainError BAD_FILE */
const thumbnail = (file: SlideFile, side: number): Promise<{ jpeg: Buffer; width: number; height: number }> =>
  using(file, async (slide) => {
    const { width, height } = slide.info;
    const scale = Math.min(1, side / Math.max(width, height));
    const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    const rgb = await readArea(slide, { x: 0, y: 0, width, height }, columns, rows);
    return { jpeg: await encodeImage(rgb, columns, rows, "jpeg"), width: columns, height: rows };
  });

/** The tiles that show tissue, and the mask as a PNG. @throws DomainError BAD_FILE, BAD_INPUT */
const tissue = (
  file: SlideFile,
  rule: TileRule,
  micronsPerPixel: { readonly x: number; readonly y: number },
): Promise<TissueGrid & { readonly png: Buffer }> =>
  using(file, async (slide) => {
    const found = await tissueGrid(slide, rule, micronsPerPixel);
    const { mask, width, height } = found.overview;
    const png = await encodeGrey(
      mask.map((value) => 255 * value),
      width,
      height,
    );
    return { ...found, overview: { width, height, mask: new Uint8Array(0) }, png };
  });

/** The pixels of tiles, one after another: [tiles*size*size*3] RGB. @throws DomainError BAD_FILE */
const tiles = (file: SlideFile, list: TileList): Promise<Uint8Array> =>
  using(file, async (slide) => {
    const bytes = 3 * list.size ** 2;
    const all = new Uint8Array(list.x.length * bytes);
    for (const [index, x] of list.x.entries()) all.set(await tileOf(slide, list, x, list.y[index]!), index * bytes);
    return all;
  });

/** Of each tile, in the list's order. @throws DomainError BAD_FILE */
const tileSharpness = (file: SlideFile, list: TileList): Promise<number[]> =>
  using(file, async (slide) => {
    const values: number[] = [];
    for (const [index, x] of list.x.entries()) {
      const pixels = await tileOf(slide, list, x, list.y[index]!);
      values.push(Math.round(10 * sharpness(pixels, list.size, list.size)) / 10);
    }
    return values;
  });

const tileOf = (slide: SlideReader, { extent, size }: TileList, x: number, y: number): Promise<Uint8Array> =>
  readArea(slide, { x, y, width: extent.x, height: extent.y }, size, size);

/** A tile of the viewer's pyramid (domain, slides/zoom). JPEG. @throws DomainError BAD_FILE; NOT_FOUND outside the slide */
const zoomTile = (file: SlideFile, level: number, column: number, row: number): Promise<Buffer> =>
  using(file, async (slide) => {
    const tile = zoomLevels(slide.info).tile(level, column, row);
    if (tile === null)
      throw new DomainError("NOT_FOUND", `The slide has no tile ${column}, ${row} of zoom level ${level}`);
    return encodeImage(await readArea(slide, tile.area, tile.width, tile.height), tile.width, tile.height, "jpeg");
  });

/** A plain picture becomes a PNG, which has its pixels and nothing else. @throws DomainError BAD_FILE for a format whose label cannot be taken off */
const deidentify = (file: SlideFile, target: string): Promise<void> =>
  using(file, async (slide) => {
    const { format, width, height } = slide.info;
    if (format !== "picture") return writeDeidentified(file.path, format, target);
    await writeFile(target, await encodeImage(await slide.read(0, 0, 0, width, height), width, height, "png"));
  });

export const operations = { describe, region, thumbnail, tissue, tiles, tileSharpness, zoomTile, deidentify };
export type SlideOperations = typeof operations;
