/** @file Tile maps of one model of bags on plain arrays, by a compiled step; large bags go through in parts. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "@tessera/engine/graph/compile";
import type { PlannedStep } from "@tessera/engine/plan/plan";
import type { TileReader } from "@tessera/models/mil/tileReader";
import type { Rows, TileValues } from "@tessera/models/mil/tileValues";
import { scoringBatch } from "../batches.ts";
import type { TrainingItem } from "../items.ts";
import type { MultipleInstance } from "../mil/task.ts";

/** Tiles that are with TensorFlow at once, where they do not depend on each other. */
const partTiles = 2048;

/** A bag as its model takes it. */
export interface ScaledBag {
  readonly tiles: number;
  /** Per tile. */
  readonly features: number;
  /** Rows of `values`: tiles, then padding. */
  readonly length: number;
  /** [length*features], 0 at padding */
  readonly values: Float32Array;
}

export interface TileExplainer {
  readonly reader: TileReader;
  /** By the weights that are in the model now. */
  maps(bag: ScaledBag): Promise<TileValues[]>;
  /** Frees the compiled step; the model is the caller's. */
  dispose(): void;
}

/** The task knows the scale of its features already. */
export async function scaledBag(task: MultipleInstance, item: TrainingItem): Promise<ScaledBag> {
  const { batch, pixels } = await scoringBatch([item], task);
  const [tiles] = batch.inputs;
  const [length, features] = tiles!.shape as [number, number];
  return { tiles: pixels[0]!.bag!.tiles, features, length, values: tiles!.values };
}

export function openTileExplainer(task: MultipleInstance, model: tf.LayersModel): TileExplainer {
  const reader = task.reader(model);
  const step = compile(reader.read, { maxTraces: 2 * task.recordings + 1 });

  async function read({ tiles, features, values }: ScaledBag, from: number, length: number): Promise<Rows[]> {
    const rows = new Float32Array(length * features);
    rows.set(values.subarray(from * features, (from + length) * features));
    const inputs = [tf.tensor3d(rows, [1, length, features]), maskOf(length, tiles - from)] as const;
    const results = await step.async(...inputs);
    const made: Rows[] = [];
    for (const result of results) made.push({ values: await result.data<"float32">(), width: result.shape[1] });
    tf.dispose([...inputs, ...results]);
    return made;
  }

  return {
    reader,
    async maps(bag) {
      const { tiles, length } = bag;
      if (!reader.inParts || length <= partTiles) return reader.maps(await read(bag, 0, length), tiles);
      const parts: Rows[][] = [];
      for (let from = 0; from < tiles; from += partTiles) parts.push(await read(bag, from, partTiles));
      return reader.maps(
        parts[0]!.map((_, which) => joined(parts.map((rows) => rows[which]!))),
        tiles,
      );
    },
    dispose: () => step.dispose(),
  };
}

/** For a plan on shapes: the step on the largest bag, or part of one. */
export function plannedReading(task: MultipleInstance): PlannedStep {
  const reader = task.reader(task.model(0));
  const [[largest, features]] = task.largestShapes("score") as [[number, number]];
  const length = reader.inParts ? Math.min(largest, partTiles) : largest;
  const given = (...shape: number[]) => ({ shape: [1, ...shape], dtype: "float32" as const });
  return { step: reader.read, inputs: [given(length, features), given(length)] };
}

/** 1 for so many tiles, then 0. */
const maskOf = (length: number, tiles: number): tf.Tensor2D =>
  tf.tensor2d(new Float32Array(length).fill(1, 0, Math.max(0, Math.min(length, tiles))), [1, length]);

function joined(parts: readonly Rows[]): Rows {
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { values, width: parts[0]!.width };
}
