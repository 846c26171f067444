/** @file A slide of a format that OpenSlide reads. Of its properties only those of geometry and scale are looked at. */
import { DomainError } from "@tessera/domain/errors";
import { namesAt, openSlideApi, type Pointer } from "./capi.ts";
import { isMicroscopic, type SlideInfo, type SlideLevel, type SlideReader } from "./slide.ts";

/** Of all files: what has no part in these may name a patient, a person or a machine. */
const known = /^openslide\.(vendor|level-count|level\[\d+\]\.\w[\w-]*|mpp-[xy]|objective-power|background-color)$/;
const mostLevels = 64;

/** @throws DomainError BAD_FILE where OpenSlide cannot open it, with its reason */
export function openVendorSlide(path: string, format: string): SlideReader {
  const api = openSlideApi();
  const slide = api.openslide_open(path);
  const fail = (reason: string | null) =>
    new DomainError("BAD_FILE", `The slide (${format}) cannot be read: ${reason ?? "OpenSlide says no more"}`, {
      format,
    });
  if (slide === 0) throw fail("its vendor's format is not what it begins as");
  const check = () => {
    const error = api.openslide_get_error(slide);
    if (error !== null) throw fail(error);
  };
  try {
    check();
    const property = (name: string) => api.openslide_get_property_value(slide, name);
    const info = describe(slide, format, property);
    check();
    const background = Number.parseInt(property("openslide.background-color") ?? "ffffff", 16);
    return {
      info,
      read(level, x, y, width, height) {
        const pixels = new Uint32Array(width * height);
        api.openslide_read_region(slide, pixels, x, y, level, width, height);
        check();
        return over(pixels, background);
      },
      close: () => api.openslide_close(slide),
    };
  } catch (error) {
    api.openslide_close(slide);
    throw error;
  }
}

function describe(slide: Pointer, format: string, property: (name: string) => string | null): SlideInfo {
  const api = openSlideApi();
  const count = api.openslide_get_level_count(slide);
  if (count < 1 || count > mostLevels) {
    throw new DomainError("BAD_FILE", `The slide has ${count} levels; expected 1 to ${mostLevels}`);
  }
  const [width, height] = [new BigInt64Array(1), new BigInt64Array(1)];
  const levels = Array.from({ length: count }, (_, level): SlideLevel => {
    api.openslide_get_level_dimensions(slide, level, width, height);
    const downsample = api.openslide_get_level_downsample(slide, level);
    return { width: Number(width[0]), height: Number(height[0]), downsample };
  });
  const number = (name: string) => {
    const value = Number.parseFloat(property(name) ?? "");
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  const [x, y] = [number("openslide.mpp-x"), number("openslide.mpp-y")];
  const names = namesAt(api.openslide_get_property_names(slide));
  return {
    format,
    width: levels[0]!.width,
    height: levels[0]!.height,
    levels,
    magnification: number("openslide.objective-power"),
    micronsPerPixel: x !== null && y !== null && isMicroscopic(x) && isMicroscopic(y) ? { x, y } : null,
    hidden: {
      pictures: namesAt(api.openslide_get_associated_image_names(slide)).length,
      properties: names.filter((name) => !known.test(name)).length,
    },
  };
}

/** @param pixels premultiplied ARGB. @param background 0xRRGGBB. @returns RGB of both together */
function over(pixels: Uint32Array, background: number): Uint8Array {
  const rgb = new Uint8Array(3 * pixels.length);
  const [red, green, blue] = [(background >> 16) & 255, (background >> 8) & 255, background & 255];
  for (let from = 0, to = 0; from < pixels.length; from++, to += 3) {
    const pixel = pixels[from]!;
    const rest = 255 - (pixel >>> 24);
    rgb[to] = (pixel >> 16) & 255;
    rgb[to + 1] = (pixel >> 8) & 255;
    rgb[to + 2] = pixel & 255;
    if (rest === 0) continue;
    rgb[to] = rgb[to]! + Math.round((rest * red) / 255);
    rgb[to + 1] = rgb[to + 1]! + Math.round((rest * green) / 255);
    rgb[to + 2] = rgb[to + 2]! + Math.round((rest * blue) / 255);
  }
  return rgb;
}
