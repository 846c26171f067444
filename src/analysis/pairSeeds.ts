/** @file Runs of two arms, seed by seed: runs of one seed share data order and augmentation. */
import { DomainError } from "@tessera/domain/errors";

interface Arm<Run> {
  readonly name: string;
  readonly runs: readonly Run[];
}

export interface UnpairedSeeds {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** The runs whose seed both arms have. @throws DomainError BAD_INPUT when there is none */
export function pairSeeds<Run extends { readonly seed: number }>(a: Arm<Run>, b: Arm<Run>) {
  const seedsOf = (arm: Arm<Run>) => new Set(arm.runs.map((run) => run.seed));
  const [seedsA, seedsB] = [seedsOf(a), seedsOf(b)];
  const paired = { a: a.runs.filter((run) => seedsB.has(run.seed)), b: b.runs.filter((run) => seedsA.has(run.seed)) };
  if (paired.a.length === 0) {
    throw new DomainError("BAD_INPUT", `${a.name} and ${b.name} have no seed in common; run both with the same seeds`, {
      a: [...seedsA],
      b: [...seedsB],
    });
  }
  const unpaired: UnpairedSeeds = {
    a: [...seedsA].filter((seed) => !seedsB.has(seed)),
    b: [...seedsB].filter((seed) => !seedsA.has(seed)),
  };
  return { ...paired, unpaired };
}
