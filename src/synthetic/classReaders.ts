/** @file Readers of two classes who err in known ways, each of the truth or of another's opinion: from image to reader to report to label. */
import { DomainError } from "@tessera/domain/errors";
import type { ReaderKind } from "@tessera/domain/labels/request";
import { randomStream } from "@tessera/domain/random";

/** Chances, rows sum to 1: [what it is][what is said], absent before present. */
export type Rates = readonly [readonly [number, number], readonly [number, number]];

export interface PlantedClassReader {
  readonly name: string;
  readonly kind: ReaderKind;
  /** Whose opinion this one is made from; null: the truth. */
  readonly of: string | null;
  readonly rates: Rates;
}

/** @param sensitivity, specificity  of the class that is present */
export const ratesOf = (sensitivity: number, specificity: number): Rates => [
  [specificity, 1 - specificity],
  [1 - sensitivity, sensitivity],
];

/** Two further readers beside a chain: what the first one saw, what the report says of it, what a program takes from the report. */
export const plantedChain: readonly PlantedClassReader[] = [
  { name: "reader-a", kind: "person", of: null, rates: ratesOf(0.92, 0.95) },
  { name: "reader-b", kind: "person", of: null, rates: ratesOf(0.85, 0.9) },
  { name: "reader-c", kind: "person", of: null, rates: ratesOf(0.8, 0.93) },
  { name: "report", kind: "report", of: "reader-a", rates: ratesOf(0.9, 0.98) },
  { name: "nlp", kind: "program", of: "report", rates: ratesOf(0.88, 0.94) },
];

/**
 * One item's opinions by reader. Each draws from a stream of its own: another reader more changes nobody's opinion.
 * @param truth 0 absent, 1 present
 * @throws DomainError BAD_INPUT where a reader is made from one that is not before it
 */
export function opinionsOf(
  readers: readonly PlantedClassReader[],
  truth: 0 | 1,
  key: readonly (string | number)[],
): ReadonlyMap<string, 0 | 1> {
  const opinions = new Map<string, 0 | 1>();
  for (const { name, of, rates } of readers) {
    const seen = of === null ? truth : opinions.get(of);
    if (seen === undefined) throw new DomainError("BAD_INPUT", `${name} is made from ${of}, which is not before it`);
    opinions.set(name, randomStream(...key, name).uniform() < rates[seen][1] ? 1 : 0);
  }
  return opinions;
}
