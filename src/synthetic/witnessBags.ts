/**
 * @file Bags of tile features in which few tiles tell: the vectors an encoder would give for the tiles of slides, drawn without any slide.
 *
 * Every tile is standard normal noise, plus an offset of its bag alone (as stain and scanner make), and in a share of tiles that has nothing
 * to do with the label a look-alike direction (as folds and inflammation do). In a positive bag the witnesses, and no other tile, lie
 * further along one direction, orthogonal to that of the look-alikes.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { type RandomStream, randomStream } from "@tessera/domain/random";

export const witnessClasses = ["no tumour", "tumour"] as const;

export interface WitnessBagOptions {
  readonly seed: number;
  /** Every second one is positive. */
  readonly bags: number;
  /** In every bag. */
  readonly tiles: number;
  /** Of a positive bag, exactly. */
  readonly witnesses: number;
  readonly features: number;
}

export interface WitnessBag {
  readonly name: string;
  readonly subject: string;
  readonly label: (typeof witnessClasses)[number];
  /** Places of the witnesses, rising; none in a negative bag. */
  readonly witnesses: readonly number[];
  /** [tiles * features], row by row */
  readonly values: Float32Array;
}

/** In standard deviations of a tile's noise. */
const planted = { witness: 9, lookAlike: 6, bagOffset: 0.3 } as const;
/** Of a bag's tiles, at most; how many is drawn for each bag. */
const mostLookAlikes = 0.1;

/** One subject per bag. @throws DomainError BAD_INPUT where the witnesses are not 1 to all tiles, or one feature leaves no room for look-alikes */
export function witnessBags(options: WitnessBagOptions): WitnessBag[] {
  const { seed, bags, tiles, witnesses, features } = options;
  if (!(Number.isInteger(witnesses) && witnesses >= 1 && witnesses <= tiles)) {
    throw new DomainError("BAD_INPUT", `witnesses: expected a whole number from 1 to ${tiles} tiles, got ${witnesses}`);
  }
  if (features < 2) throw new DomainError("BAD_INPUT", `features: expected at least 2, got ${features}`);
  const [telling, lookAlike] = directions(randomStream(seed, "witness bags", "directions"), features);
  return Array.from({ length: bags }, (_, index) => {
    const random = randomStream(seed, "witness bags", index);
    const positive = index % 2 === 1;
    const offset = Float64Array.from({ length: features }, () => planted.bagOffset * random.normal());
    const share = random.between(0, mostLookAlikes);
    const places = positive ? drawPlaces(random, tiles, witnesses) : [];
    const values = new Float32Array(tiles * features);
    for (let tile = 0; tile < tiles; tile++) {
      const along = random.uniform() < share ? planted.lookAlike : 0;
      const tells = places.includes(tile) ? planted.witness : 0;
      for (let i = 0; i < features; i++) {
        values[tile * features + i] = random.normal() + offset[i]! + along * lookAlike[i]! + tells * telling[i]!;
      }
    }
    const number = String(index + 1).padStart(4, "0");
    return {
      name: `slide-${number}`,
      subject: `patient-${number}`,
      label: witnessClasses[positive ? 1 : 0],
      witnesses: places,
      values,
    };
  });
}

/** As bags.csv of the layout bag-csv. */
export async function writeWitnessBags(directory: string, options: WitnessBagOptions): Promise<void> {
  const { features, tiles } = options;
  const heading = ["bag", "subject", "label", "tile_label", ...Array.from({ length: features }, (_, i) => `f${i + 1}`)];
  const lines = witnessBags(options).flatMap(({ name, subject, label, witnesses, values }) =>
    Array.from({ length: tiles }, (_, tile) => {
      const ofTile = values.subarray(tile * features, (tile + 1) * features);
      return [
        name,
        subject,
        label,
        Number(witnesses.includes(tile)),
        ...Array.from(ofTile, (value) => value.toFixed(3)),
      ].join(",");
    }),
  );
  await writeFile(join(directory, "bags.csv"), `${heading.join(",")}\n${lines.join("\n")}\n`);
}

/** Two orthogonal unit vectors. */
function directions(random: RandomStream, features: number): readonly [Float64Array, Float64Array] {
  const [first, other] = [drawUnit(random, features), drawUnit(random, features)];
  const shared = first.reduce((sum, value, i) => sum + value * other[i]!, 0);
  return [first, unit(other.map((value, i) => value - shared * first[i]!))];
}

const drawUnit = (random: RandomStream, features: number) =>
  unit(Float64Array.from({ length: features }, () => random.normal()));

function unit(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function drawPlaces(random: RandomStream, tiles: number, count: number): number[] {
  const places = new Set<number>();
  while (places.size < count) places.add(random.integer(tiles));
  return [...places].sort((a, b) => a - b);
}
