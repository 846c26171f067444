/** @file Plain numbers of a bag's tiles, made of the rows that a model gives for them. tileReader.ts says what each is. */
import type { TileMapKind } from "@tessera/domain/inspections/tileMaps";

/** Numbers row by row. */
export interface Rows {
  readonly values: Float32Array;
  /** Of a row. */
  readonly width: number;
}

export interface TileValues {
  readonly kind: TileMapKind;
  /** Null: the same for all classes. */
  readonly classIndex: number | null;
  /** [tiles] */
  readonly values: Float32Array;
}

type OfRow = (row: Float32Array, classIndex: number, tile: number) => number;

export const scoresOf = ({ values, width }: Rows, tiles: number, of: OfRow): TileValues[] =>
  Array.from({ length: width }, (_, classIndex) => ({
    kind: "score",
    classIndex,
    values: Float32Array.from({ length: tiles }, (_, tile) =>
      of(values.subarray(tile * width, (tile + 1) * width), classIndex, tile),
    ),
  }));

/** log p / (1 − p) of the class. */
export const logOdds =
  (exclusive: boolean) =>
  (row: Float32Array, classIndex: number): number => {
    if (!exclusive) return row[classIndex]!;
    const others = row.filter((_, index) => index !== classIndex);
    const largest = Math.max(...others);
    return row[classIndex]! - largest - Math.log(others.reduce((sum, each) => sum + Math.exp(each - largest), 0));
  };

/** Linear in the logits. */
export const margin =
  (exclusive: boolean) =>
  (row: Float32Array, classIndex: number): number => {
    if (!exclusive) return row[classIndex]!;
    const sum = row.reduce((all, each) => all + each, 0);
    return row[classIndex]! - (sum - row[classIndex]!) / (row.length - 1);
  };

export function softmax(scores: Iterable<number>): Float32Array {
  const all = Float64Array.from(scores);
  const largest = all.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  const weights = all.map((score) => Math.exp(score - largest));
  const sum = weights.reduce((total, each) => total + each, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}

/** The first tile whose logit of the class is the largest. */
export function highest({ values, width }: Rows, classIndex: number, tiles: number): number {
  let best = 0;
  for (let tile = 1; tile < tiles; tile++) {
    if (values[tile * width + classIndex]! > values[best * width + classIndex]!) best = tile;
  }
  return best;
}

/** As layers/criticalAttention.ts. */
export function likenessTo({ values, width }: Rows, critical: number, tiles: number): Float64Array {
  const query = values.subarray(critical * width, (critical + 1) * width);
  return Float64Array.from({ length: tiles }, (_, tile) => {
    let product = 0;
    for (let i = 0; i < width; i++) product += query[i]! * values[tile * width + i]!;
    return product / Math.sqrt(width);
  });
}
