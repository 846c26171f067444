/**
 * @file OpenSlide's C API, called through koffi. Nothing here decides anything. Only the slide child imports this.
 *
 * Pointers are plain numbers (int64 < 2^53). OpenSlide's rule for errors: once a slide has one, every later call on it fails.
 */
import { DomainError } from "@tessera/domain/errors";
import * as koffi from "koffi";
import { findOpenSlide } from "./library.ts";

export type Pointer = number;

export interface OpenSlideApi {
  /** null: no vendor of OpenSlide's knows the file. */
  openslide_detect_vendor(path: string): string | null;
  /** 0: as above. */
  openslide_open(path: string): Pointer;
  openslide_close(slide: Pointer): void;
  openslide_get_error(slide: Pointer): string | null;
  openslide_get_level_count(slide: Pointer): number;
  openslide_get_level_dimensions(slide: Pointer, level: number, width: BigInt64Array, height: BigInt64Array): void;
  openslide_get_level_downsample(slide: Pointer, level: number): number;
  openslide_get_property_names(slide: Pointer): Pointer;
  openslide_get_property_value(slide: Pointer, name: string): string | null;
  openslide_get_associated_image_names(slide: Pointer): Pointer;
  /** [height*width] of premultiplied ARGB in the byte order of this machine; x and y in pixels of level 0. */
  openslide_read_region(
    slide: Pointer,
    pixels: Uint32Array,
    x: number,
    y: number,
    level: number,
    width: number,
    height: number,
  ): void;
}

/** Function -> its result and arguments. */
const signatures: Record<keyof OpenSlideApi, readonly [result: string, values: readonly string[]]> = {
  openslide_detect_vendor: ["str", ["str"]],
  openslide_open: ["int64_t", ["str"]],
  openslide_close: ["void", ["int64_t"]],
  openslide_get_error: ["str", ["int64_t"]],
  openslide_get_level_count: ["int32_t", ["int64_t"]],
  openslide_get_level_dimensions: ["void", ["int64_t", "int32_t", "void *", "void *"]],
  openslide_get_level_downsample: ["double", ["int64_t", "int32_t"]],
  openslide_get_property_names: ["int64_t", ["int64_t"]],
  openslide_get_property_value: ["str", ["int64_t", "str"]],
  openslide_get_associated_image_names: ["int64_t", ["int64_t"]],
  openslide_read_region: ["void", ["int64_t", "void *", "int64_t", "int64_t", "int32_t", "int64_t", "int64_t"]],
};

let loaded: OpenSlideApi | undefined;

/** @throws DomainError UNAVAILABLE where the library is not there or cannot be loaded */
export function openSlideApi(): OpenSlideApi {
  loaded ??= load(findOpenSlide());
  return loaded;
}

function load(path: string): OpenSlideApi {
  try {
    const library = koffi.load(path);
    const bound = Object.entries(signatures).map(([name, [result, values]]) => [
      name,
      library.func(name, result, [...values]),
    ]);
    return Object.fromEntries(bound) as OpenSlideApi;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError(
      "UNAVAILABLE",
      `OpenSlide in ${path} cannot be loaded: ${why}. Delete the folder and set Tessera up again.`,
    );
  }
}

/** The strings of a `char **` that ends with null. */
export function namesAt(list: Pointer): string[] {
  const names: string[] = [];
  for (let at = 0; list !== 0; at += 8) {
    const name = koffi.decode(list, at, "char *") as string | null;
    if (name === null) break;
    names.push(name);
  }
  return names;
}
