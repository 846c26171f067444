/** @file Worlds of planted label-noise chains: every entry of the composed matrix, what is derived of it, and what is claimed. */
import { drawnChain } from "@tessera/analysis/labelChain/chainDraws";
import { composedChain } from "@tessera/analysis/labelChain/composeChain";
import { type AgainstDirect, composedAgainstDirect } from "@tessera/analysis/labelChain/composedAgainstDirect";
import { labelQuality } from "@tessera/analysis/labelChain/labelQuality";
import { composed, identity, type Matrix, transposed } from "@tessera/analysis/labelChain/matrices";
import { stageGains } from "@tessera/analysis/labelChain/stageGains";
import { normalQuantile } from "@tessera/analysis/normal";
import type { LabelChain, StageSample } from "@tessera/domain/labelChain/chain";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface ChainRegime {
  readonly name: string;
  readonly stages: readonly Matrix[];
  /** Items of each class before, at every stage. */
  readonly rows: readonly number[];
  readonly prevalence: readonly number[];
  /** As Simulation's: rows too small to keep the promise. */
  readonly notPromised?: string;
}

const two = (sensitivity: number, specificity: number): Matrix => [
  [specificity, 1 - specificity],
  [1 - sensitivity, sensitivity],
];
/** Each class is taken for its neighbour more often than for the others. */
const several = (classes: number, error: number): Matrix =>
  identity(classes).map((row, i) => {
    const wrong = row.map((_, j): number => (j === i ? 0 : j === (i + 1) % classes ? 2 : 1));
    const total = wrong.reduce((sum, each) => sum + each, 0);
    return row.map((_, j) => (j === i ? 1 - error : (error * wrong[j]!) / total));
  });

const way = [two(0.8, 0.95), two(0.95, 0.98), two(0.9, 0.97), two(0.97, 0.99)];
const even = (classes: number, items: number) => new Array<number>(classes).fill(items);

export const chainRegimes: readonly ChainRegime[] = [
  { name: "4 stages, 2 classes, 200 items a row", stages: way, rows: even(2, 200), prevalence: [0.9, 0.1] },
  { name: "4 stages, 2 classes, 50 items a row", stages: way, rows: even(2, 50), prevalence: [0.9, 0.1] },
  {
    name: "3 stages, a rare class: 500 and 15 items",
    stages: way.slice(0, 3),
    rows: [500, 15],
    prevalence: [0.97, 0.03],
  },
  { name: "3 stages, 3 classes, 100 items a row", stages: [0.2, 0.1, 0.15].map((each) => several(3, each)), rows: even(3, 100), prevalence: [0.6, 0.3, 0.1] }, // biome-ignore format: one line
  { name: "3 stages, 3 classes, 30 items a row", stages: [0.2, 0.1, 0.15].map((each) => several(3, each)), rows: even(3, 30), prevalence: [0.6, 0.3, 0.1] }, // biome-ignore format: one line
  { name: "3 stages, 5 classes, 60 items a row", stages: [0.2, 0.1, 0.1].map((each) => several(5, each)), rows: even(5, 60), prevalence: even(5, 0.2) }, // biome-ignore format: one line
  { name: "1 stage, 2 classes, 100 items a row", stages: [two(0.8, 0.95)], rows: even(2, 100), prevalence: [0.9, 0.1] },
  { name: "3 stages, 1 error in 100, 100 items a row", stages: [two(0.99, 0.995), two(0.99, 0.995), two(0.98, 0.99)], rows: even(2, 100), prevalence: [0.9, 0.1], notPromised: "errors hardly ever seen" }, // biome-ignore format: one line
  { name: "4 stages, 2 classes, 20 items a row", stages: way, rows: even(2, 20), prevalence: [0.9, 0.1], notPromised: "small rows" }, // biome-ignore format: one line
  { name: "3 stages, 3 classes, 10 items a row", stages: [0.2, 0.1, 0.15].map((each) => several(3, each)), rows: even(3, 10), prevalence: [0.6, 0.3, 0.1], notPromised: "small rows" }, // biome-ignore format: one line
];

/** For what is derived of the matrix: it adds up entries that are simulated one by one. */
export const derivedRegimes = chainRegimes.filter(({ name }) => /200|50 items a row|rare|3 classes, 100/.test(name));

function drawnRow(shares: readonly number[], items: number, random: RandomStream): number[] {
  const counts = shares.map(() => 0);
  for (let item = 0; item < items; item++) {
    let left = random.uniform();
    let at = 0;
    while (at < shares.length - 1 && left >= shares[at]!) left -= shares[at++]!;
    counts[at]!++;
  }
  return counts;
}

const sampleOf = (matrix: Matrix, rows: readonly number[], random: RandomStream): StageSample => ({
  set: "",
  counts: matrix.map((shares, at) => drawnRow(shares, rows[at]!, random)),
  chosenBy: "before",
  shares: null,
  designEffects: null,
});

/** Half of what the board takes: quantiles are then a little rougher, not wider. */
const draws = 1000;

/** @param direct of the same size as the stages' samples */
function drawnWorld({ stages, rows, prevalence }: ChainRegime, random: RandomStream, direct: Matrix | null = null) {
  const counted = (matrix: Matrix) => ({ source: "planted", origin: null, samples: [sampleOf(matrix, rows, random)] });
  const chain: LabelChain = {
    classes: prevalence.map((_, at) => `${at}`),
    prevalence,
    prevalenceSource: "planted",
    stages: stages.map((matrix) => ({ kind: "label", ...counted(matrix) })),
    direct: direct && counted(direct),
  };
  return drawnChain(chain, null, draws);
}

/** Variance of each entry of the composed matrix: the delta method at the planted rates, which are known here. */
export function analyticVariance({ stages, rows }: Pick<ChainRegime, "stages" | "rows">): number[][] {
  const variance = stages[0]!.map((row) => row.map(() => 0));
  for (const [at, stage] of stages.entries()) {
    const before = at === 0 ? identity(stage.length) : composed(stages.slice(0, at));
    const after = at === stages.length - 1 ? identity(stage.length) : composed(stages.slice(at + 1));
    for (const [k, shares] of stage.entries()) {
      for (const j of shares.keys()) {
        const mean = shares.reduce((sum, share, l) => sum + share * after[l]![j]!, 0);
        const square = shares.reduce((sum, share, l) => sum + share * after[l]![j]! ** 2, 0);
        for (const i of shares.keys()) variance[i]![j]! += (before[i]![k]! ** 2 * (square - mean ** 2)) / rows[k]!;
      }
    }
  }
  return variance;
}

/** Worlds of one regime are drawn once for all its entries. */
function sharedWorlds<World>(name: string, make: (random: RandomStream) => World): () => () => World {
  const worlds: World[] = [];
  return () => {
    let at = 0;
    return () => {
      worlds[at] ??= make(randomStream("label chain", name, at));
      return worlds[at++]!;
    };
  };
}

const unclaimed = { effect: 0, claims: false };

/** Every entry of the composed matrix; of two classes one of each row, as the other is 1 minus it. */
export function chainEntries(regime: ChainRegime): readonly Simulation[] {
  const truth = composed(regime.stages);
  const variance = analyticVariance(regime);
  const worlds = sharedWorlds(regime.name, (random) => composedChain(drawnWorld(regime, random)).matrix.map((row) => row.map(({ low, high }) => ({ low, high })))); // biome-ignore format: one line
  const entries = truth.flatMap((row, i) => row.map((_, j) => [i, j] as const));
  return entries
    .filter(([i, j]) => truth.length > 2 || i === j)
    .map(([i, j]): Simulation => {
      const next = worlds();
      return {
        regime: `${regime.name}: [${i}][${j}] = ${truth[i]![j]!.toFixed(3)}`,
        figures: ["covered", "width"],
        notPromised: regime.notPromised ?? null,
        effect: 0,
        analyticWidth: 2 * normalQuantile(0.975) * Math.sqrt(variance[i]![j]!),
        truth: () => truth[i]![j]!,
        world: () => ({ ...next()[i]![j]!, claims: false }),
      };
    });
}

/** Other planted rates, stages and samples in each world; intervals in units of the world's own analytic width, about the truth. */
export function anyChain(classes: number): Simulation {
  return {
    regime: `any chain: ${classes} classes, 2 to 5 stages, 30 to 300 items a row`,
    figures: ["covered", "width"],
    notPromised: null,
    ...unclaimed,
    analyticWidth: 1,
    truth: () => 0,
    world(random) {
      const stages = Array.from({ length: 2 + random.integer(4) }, () => several(classes, random.between(0.02, 0.3)));
      const rows = Array.from({ length: classes }, () => 30 + random.integer(270));
      const regime = { name: "any", stages, rows, prevalence: even(classes, 1 / classes) };
      const [i, j] = [random.integer(classes), random.integer(classes)];
      const { low, high } = composedChain(drawnWorld(regime, random)).matrix[i]![j]!;
      const truth = composed(stages)[i]![j]!;
      const width = 2 * normalQuantile(0.975) * Math.sqrt(analyticVariance(regime)[i]![j]!);
      return { low: (low - truth) / width, high: (high - truth) / width, claims: false };
    },
  };
}

/** What is derived of the matrix at the planted prevalence. */
export function chainQuality(regime: ChainRegime): readonly Simulation[] {
  const { accuracy, classes } = labelQuality(composed(regime.stages), regime.prevalence);
  const last = classes.length - 1;
  const worlds = sharedWorlds(`${regime.name} quality`, (random) => {
    const { accuracy, classes } = composedChain(drawnWorld(regime, random));
    const gains = stageGains(drawnWorld(regime, random));
    return { accuracy, ppv: classes[last]!.ppv!, gain: gains.stages[0]!.accuracy };
  });
  const perfect = labelQuality(composed(regime.stages, 0), regime.prevalence).accuracy;
  const values = { accuracy, ppv: classes[last]!.ppv!, gain: perfect - accuracy };
  const names = {
    accuracy: "label accuracy",
    ppv: `PPV of class ${last}`,
    gain: "gain if the first stage were perfect",
  };
  return (["accuracy", "ppv", "gain"] as const).map((name): Simulation => {
    const next = worlds();
    return {
      regime: `${regime.name}: ${names[name]} = ${values[name].toFixed(3)}`,
      figures: ["covered"],
      notPromised: regime.notPromised ?? null,
      effect: 0,
      analyticWidth: 1,
      truth: () => values[name],
      world: () => ({ ...next()[name], claims: false }),
    };
  });
}

/** Rejected: the assumption holds. Found: half of the first stage's errors are seen again and put right later. */
export function markovTest(regime: ChainRegime): Simulation {
  const truth = composed(regime.stages);
  const putRight = composed(regime.stages.map((stage, at) => (at === 0 ? stage.map((row, i) => row.map((share, j) => (i === j ? (1 + share) / 2 : share / 2))) : stage))); // biome-ignore format: one line
  const tested = (random: RandomStream, effect: number): AgainstDirect =>
    composedAgainstDirect(drawnWorld(regime, random, effect === 0 ? truth : putRight))!;
  return {
    regime: `${regime.name}: composed against direct`,
    figures: ["rejected"],
    notPromised: regime.notPromised ?? null,
    effect: 1,
    analyticWidth: 1,
    truth: () => 0,
    world: (random, effect) => ({ low: null, high: null, claims: tested(random, effect).contradicted }),
  };
}

/** Rejected: two stages with the same errors, and one is said to come first. Found: one has four times the other's. */
export function fixFirst(items: number): Simulation {
  const regime = (effect: number): ChainRegime => ({
    name: "fix first",
    stages: [several(2, 0.1), several(2, effect === 0 ? 0.1 : 0.4), several(2, 0.02)],
    rows: even(2, items),
    prevalence: [0.7, 0.3],
  });
  return {
    regime: `3 stages, ${items} items a row: fix this stage first`,
    figures: ["rejected", "found"],
    notPromised: null,
    effect: 1,
    analyticWidth: 1,
    truth: () => 0,
    world: (random, effect) => ({ low: null, high: null, claims: stageGains(drawnWorld(regime(effect), random)).fixFirst.stage !== null }), // biome-ignore format: one line
  };
}

/** Chosen by the class after, whose shares are known: the row is turned round. */
export function chosenByLabel(items: number): Simulation {
  const [joint, shares] = [[[0.9, 0.02], [0.03, 0.05]], [0.93, 0.07]] as const; // biome-ignore format: one line
  const columns = transposed(joint).map((column, at) => column.map((each) => each / shares[at]!));
  const truth = joint[1][1] / (joint[1][0] + joint[1][1]);
  return {
    regime: `1 stage chosen by its labels, ${items} items a label: sensitivity = ${truth.toFixed(3)}`,
    figures: ["covered"],
    notPromised: null,
    ...unclaimed,
    analyticWidth: 1,
    truth: () => truth,
    world(random) {
      const counts = transposed(columns.map((column) => drawnRow(column, items, random)));
      const sample: StageSample = { set: "", counts, chosenBy: "after", shares: [...shares], designEffects: null };
      const stages = [{ kind: "label" as const, source: "planted", origin: null, samples: [sample] }];
      const chain = { classes: ["0", "1"], prevalence: null, prevalenceSource: "", stages, direct: null };
      const { low, high } = composedChain(drawnChain(chain, null, draws)).matrix[1]![1]!;
      return { low, high, claims: false };
    },
  };
}
