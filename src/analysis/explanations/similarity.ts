/**
 * @file How alike the maps of two networks are on the same items, and how much of it any two maps of the method share.
 *
 * Similarity by itself says little: two smooth maps correlate by chance, and two sparse ones look alike. So each measure s is taken on the
 * same item, and as c between different items: what maps share without sharing an image. What is left, (s − c) / (1 − c), is 1
 * for a map that is the same whatever the network, 0 for one that shares no more than any two do; of maps that are a sum of a
 * part from the image and a part from the network, it is the image's share of the variance.
 */
import {
  type MapsAlike,
  type Similarities,
  type SimilarityMeasure,
  similarityMeasures,
} from "@tessera/domain/inspections/heatmaps";
import { midranks } from "../midranks.ts";
import { mean } from "../summary.ts";
import { rankedCorrelation } from "./rankCorrelation.ts";
import { structuralSimilarity } from "./structuralSimilarity.ts";

/** A map with its ranks. */
export interface RankedMap {
  readonly size: number;
  readonly values: Float32Array;
  readonly ranks: Float64Array;
  readonly magnitudeRanks: Float64Array;
  /** The same everywhere: it shows nothing. */
  readonly blank: boolean;
}

export function rankedMap(values: Float32Array): RankedMap {
  const ranks = midranks(values);
  const signed = values.some((value) => value < 0);
  return {
    size: Math.sqrt(values.length),
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
    structure: structuralSimilarity(a.values, b.values, a.size),
  };
}

export interface MapsCompared extends MapsAlike {
  /** What is left beyond chance, item by item: their mean is (s − c) / (1 − c). */
  readonly left: Readonly<Record<SimilarityMeasure, readonly number[]>>;
}

/**
 * @param original maps of the network in question, at least two, none of them blank
 * @param other of another network, on the same items in the same order
 */
export function compareMaps(original: readonly RankedMap[], other: readonly RankedMap[]): MapsCompared {
  const same = original.map((map, item) => similarities(map, other[item]!));
  const apart = original.map((map, item) => similarities(map, other[(item + 1) % other.length]!));
  const over = (of: (measure: SimilarityMeasure) => number) =>
    Object.fromEntries(similarityMeasures.map((measure) => [measure, of(measure)])) as Record<
      SimilarityMeasure,
      number
    >;
  const chance = over((measure) => mean(apart.map((each) => each[measure])));
  const left = (measure: SimilarityMeasure) =>
    same.map((each) => (each[measure] - chance[measure]) / (1 - chance[measure]));
  return {
    similarity: over((measure) => mean(same.map((each) => each[measure]))),
    chance,
    left: { signed: left("signed"), magnitude: left("magnitude"), structure: left("structure") },
  };
}
