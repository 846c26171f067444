/** @file The door to slides: a few child processes that read them, behind plain async calls. Loads no reader itself. */
import { fileURLToPath } from "node:url";
import { openPool, type Pool, type PoolOptions } from "../pool.ts";
import type { SlideOperations } from "./operations.ts";

export type { Region, SlideFile, TileList } from "./operations.ts";
export type { SlideInfo, SlideLevel } from "./slide.ts";
export type { TissueGrid } from "./tissueGrid.ts";

/** Every operation of a slide child, plus the end of all of them. */
export interface Slides extends SlideOperations, Pick<Pool<SlideOperations>, "processIds" | "close"> {}

const childPath = fileURLToPath(new URL("./child.ts", import.meta.url));
/** A thumbnail of a slide without smaller levels reads all of it. */
const usualLimitMs = 300_000;

export function openSlides(options: PoolOptions = {}): Slides {
  const { call, processIds, close } = openPool<SlideOperations>(childPath, { limitMs: usualLimitMs, ...options });
  return {
    describe: call("describe"),
    region: call("region"),
    thumbnail: call("thumbnail"),
    tissue: call("tissue"),
    tiles: call("tiles"),
    tileSharpness: call("tileSharpness"),
    zoomTile: call("zoomTile"),
    deidentify: call("deidentify"),
    processIds,
    close,
  };
}
