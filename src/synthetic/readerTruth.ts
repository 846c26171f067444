/**
 * @file What planted readers must come to in the long run: their joint distribution, state by state, and the figures that follow from it.
 * Exact, and by other formulas than those of src/analysis, which are tried on it.
 */
import { type PlantedClassReader, ratesOf } from "./classReaders.ts";

/** Who says what; "truth" is one of them. */
export interface State {
  readonly chance: number;
  readonly said: Readonly<Record<string, 0 | 1>>;
}

export const truthName = "truth";

/** 2^(readers + 1) states. @param prevalence of the class that is present */
export function jointStates(readers: readonly PlantedClassReader[], prevalence: number): readonly State[] {
  const truth = { name: truthName, of: null, rates: ratesOf(prevalence, 1 - prevalence) };
  let states: State[] = [{ chance: 1, said: {} }];
  for (const { name, of, rates } of [truth, ...readers]) {
    states = states.flatMap(({ chance, said }) =>
      ([0, 1] as const).map((value) => {
        const seen = name === truthName ? 1 : said[of ?? truthName]!;
        return { chance: chance * rates[seen][value], said: { ...said, [name]: value } };
      }),
    );
  }
  return states;
}

const sum = (states: readonly State[], holds: (said: State["said"]) => boolean): number =>
  states.reduce((total, { chance, said }) => total + (holds(said) ? chance : 0), 0);

/** Chance that `said` is `value` where `given` is `value`: the sensitivity of 1, the specificity of 0. */
export function rateOf(states: readonly State[], given: string, said: string, value: 0 | 1): number {
  const both = sum(states, (each) => each[given] === value && each[said] === value);
  return both / sum(states, (each) => each[given] === value);
}

export const accuracyOf = (states: readonly State[], said: string): number =>
  sum(states, (each) => each[said] === each[truthName]);

/** Cohen's. */
export function kappaOf(states: readonly State[], a: string, b: string): number {
  const [ofA, ofB] = [sum(states, (said) => said[a] === 1), sum(states, (said) => said[b] === 1)];
  const byChance = ofA * ofB + (1 - ofA) * (1 - ofB);
  return (sum(states, (said) => said[a] === said[b]) - byChance) / (1 - byChance);
}

/** Fleiss' of readers who all read every item. */
export function fleissOf(states: readonly State[], readers: readonly string[]): number {
  const pairs = readers.flatMap((a, i) => readers.slice(i + 1).map((b) => [a, b] as const));
  const agreeing = pairs.reduce((total, [a, b]) => total + sum(states, (said) => said[a] === said[b]), 0);
  const present = readers.reduce((total, name) => total + sum(states, (said) => said[name] === 1), 0) / readers.length;
  const byChance = present ** 2 + (1 - present) ** 2;
  return (agreeing / pairs.length - byChance) / (1 - byChance);
}

/** The states with one opinion more: what most of an odd number of readers say. */
export const withMajority = (states: readonly State[], readers: readonly string[], name: string): readonly State[] =>
  states.map(({ chance, said }) => {
    const present = readers.filter((reader) => said[reader] === 1).length;
    return { chance, said: { ...said, [name]: 2 * present > readers.length ? 1 : 0 } };
  });

/** The states with one opinion more: the likelier class given what the readers say, for who knows their rates (Bayes' rule). */
export function withBest(states: readonly State[], readers: readonly string[], name: string): readonly State[] {
  const vote = ({ said }: State) => readers.map((reader) => said[reader]).join("");
  const balance = new Map<string, number>();
  for (const state of states) {
    const toward = state.said[truthName] === 1 ? state.chance : -state.chance;
    balance.set(vote(state), (balance.get(vote(state)) ?? 0) + toward);
  }
  return states.map((state) => ({
    chance: state.chance,
    said: { ...state.said, [name]: balance.get(vote(state))! > 0 ? 1 : 0 },
  }));
}
