/** @file The door to files of features: a few child processes that read them, behind plain async calls. Loads no reader itself. */
import { fileURLToPath } from "node:url";
import { openPool, type Pool, type PoolOptions } from "../pool.ts";
import type { FeatureOperations } from "./operations.ts";

export type { FeatureFile, FeaturesRead, TileCorners } from "./operations.ts";

/** Every operation of a child, plus the end of all of them. */
export interface FeatureFiles extends FeatureOperations, Pick<Pool<FeatureOperations>, "processIds" | "close"> {}

const childPath = fileURLToPath(new URL("./child.ts", import.meta.url));
/** A bag of 1 GiB is read and written in this time, on a slow disk too. */
const usualLimitMs = 300_000;

export function openFeatureFiles(options: PoolOptions = {}): FeatureFiles {
  const { call, processIds, close } = openPool<FeatureOperations>(childPath, { limitMs: usualLimitMs, ...options });
  return { shape: call("shape"), convert: call("convert"), tiling: call("tiling"), processIds, close };
}
