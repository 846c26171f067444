/** @file One chain as it was counted, and as it may be: everything that the board shows is a function of these. */
import type { LabelChain, StageSample } from "@tessera/domain/labelChain/chain";
import { randomStream } from "@tessera/domain/random";
import type { Matrix } from "./matrices.ts";
import { pooledSample, stageRates } from "./sampleRates.ts";

/** A chain in one of its possible states. */
export interface ChainState {
  readonly stages: readonly Matrix[];
  /** Of each class among all images. */
  readonly prevalence: readonly number[];
  readonly direct: Matrix | null;
}

export interface DrawnChain {
  readonly counted: ChainState;
  readonly draws: readonly ChainState[];
  /** Per stage, the sample that it was read from. */
  readonly samples: readonly StageSample[];
  readonly direct: StageSample | null;
}

/** A stage that has no sample of the set is read from all it has; a direct sample is of the set or left out. */
export function samplesIn(
  chain: LabelChain,
  set: string | null,
): { stages: StageSample[]; direct: StageSample | null } {
  const stages = chain.stages.map(({ samples }) => pooledSample(samples, set) ?? pooledSample(samples, null)!);
  return { stages, direct: chain.direct && pooledSample(chain.direct.samples, set) };
}

/** The same chain has the same draws. @param set null: all sets together */
export function drawnChain(chain: LabelChain, set: string | null = null, draws = 2000): DrawnChain {
  const { stages: samples, direct } = samplesIn(chain, set);
  const random = randomStream("label chain", JSON.stringify(samples), JSON.stringify(direct));
  const state = (drawing: boolean): ChainState => {
    const rates = samples.map((sample) => stageRates(sample, drawing ? random : null));
    return {
      stages: rates.map(({ matrix }) => matrix),
      prevalence: chain.prevalence ?? rates[0]!.before(),
      direct: direct && stageRates(direct, drawing ? random : null).matrix,
    };
  };
  return { counted: state(false), draws: Array.from({ length: draws }, () => state(true)), samples, direct };
}
