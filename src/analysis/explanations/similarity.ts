/**
 * @file How alike the maps of two networks are on the same items, and how much of it any two maps of the method share.
 *
 * Similarity by itself says little: two smooth maps correlate by chance, and two sparse ones look alike. So each measure s is taken on the
 * same item, and as c between different items: what maps share without sharing an image. What is left, (s − c) / (1 − c), is 1
 * for a map that is the same whatever the network, 0 for one that shares no more than any two do; of maps that are a sum of a
 * part from the image and a part from the network, it is the image's share of the variance.
 *
 * Maps of tiles are lists, not pictures: they have no SSIM, and no chance beyond 0, since no tile of one bag is that of another.
 */
import type { MapsAlike, Similarities } from "@tessera/domain/inspections/guard";
import { midranks } from "../midranks.ts";
import { mean } from "../summary.ts";
import { rankedCorrelation } from "./rankCorrelation.ts";
import { structuralSimilarity } from "./structuralSimilarity.ts";

/** A map with its ranks. */
export interface RankedMap {
  /** Side, pixels; null: of tiles. */
  readonly size: number | null;
  readonly values: Float32Array;
  readonly ranks: Float64Array;
  readonly magnitudeRanks: Float64Array;
  /** The same everywhere: it shows nothing. */
  readonly blank: boolean;
}

/** @param values [size*size] */
export const rankedMap = (values: Float32Array): RankedMap => ranked(values, Math.sqrt(values.length));

/** @param values [tiles] */
export const rankedTiles = (values: Float32Array): RankedMap => ranked(values, null);

function ranked(values: Float32Array, size: number | null): RankedMap {
  const ranks = midranks(values);
  const signed = values.some((value) => value < 0);
  return {
    size,
    values,
    ranks,
    magnitudeRanks: signed ? midranks(values.map(Math.abs)) : ranks,
    blank: values.every((value) => value === values[0]),
  };
}

/** A correlation with a blank map is 0: it puts no pixel first. */
export function similarities(a: RankedMap, b: RankedMap): Similarities {
  return {
    signed: rankedCorrelation(a.ranks, b.ranks) ?? 0,
    magnitude: rankedCorrelation(a.magnitudeRanks, b.magnitudeRanks) ?? 0,
    structure: a.size === null ? null : structuralSimilarity(a.values, b.values, a.size),
  };
}

/** By measure, a value per item. */
export interface LeftValues {
  readonly signed: readonly number[];
  readonly magnitude: readonly number[];
  /** Null: of tiles. */
  readonly structure: readonly number[] | null;
}

export interface MapsCompared extends MapsAlike {
  /**
   * What is left beyond chance, item by item. Their mean is (s − c) / (1 − c), and they spread as it would with other items: an item moves s,
   * and by its two pairs c (the delta method; a pair's own noise counts at both its items, which is on the safe side).
   */
  readonly left: LeftValues;
}

const noChance: Similarities = { signed: 0, magnitude: 0, structure: null };

/**
 * @param original maps of the network in question, at least two, none of them blank
 * @param other of another network, on the same items in the same order
 */
export function compareMaps(original: readonly RankedMap[], other: readonly RankedMap[]): MapsCompared {
  const same = original.map((map, item) => similarities(map, other[item]!));
  const apart = original.some(({ size }) => size === null)
    ? null
    : original.map((map, item) => similarities(map, other[(item + 1) % other.length]!));
  const chance = apart === null ? noChance : means(apart);
  const structure = valuesOf(same);
  return {
    similarity: means(same),
    chance,
    left: {
      signed: leftBeyond(same.map(({ signed }) => signed), apart?.map(({ signed }) => signed)), // biome-ignore format: a line per measure
      magnitude: leftBeyond(same.map(({ magnitude }) => magnitude), apart?.map(({ magnitude }) => magnitude)), // biome-ignore format: a line per measure
      structure: structure && leftBeyond(structure, valuesOf(apart ?? []) ?? undefined),
    },
  };
}

/** @param apart of each item with the next one; absent: there is no chance beyond 0 */
function leftBeyond(same: readonly number[], apart?: readonly number[]): number[] {
  if (apart === undefined) return [...same];
  const [s, c] = [mean(same), mean(apart)];
  const whole = (s - c) / (1 - c);
  const moved = (item: number) => apart.at(item)! - c + (apart.at(item - 1)! - c);
  return same.map((own, item) => whole + (own - s - (1 - whole) * moved(item)) / (1 - c));
}

function means(all: readonly Similarities[]): Similarities {
  const structure = valuesOf(all);
  return {
    signed: mean(all.map(({ signed }) => signed)),
    magnitude: mean(all.map(({ magnitude }) => magnitude)),
    structure: structure && mean(structure),
  };
}

/** SSIM of each; null where they have none. */
function valuesOf(all: readonly Similarities[]): number[] | null {
  const values = all.flatMap(({ structure }) => structure ?? []);
  return values.length < all.length ? null : values;
}
