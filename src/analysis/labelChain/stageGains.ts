/**
 * @file What the labels would gain if one stage were perfect, stage by stage; and which to fix first, where the intervals carry it.
 *
 * A stage is made perfect by leaving it out. A gain may be below 0: errors of two stages can cancel.
 */
import type { ChainState, DrawnChain } from "./chainDraws.ts";
import { type ChainEstimate, estimateOf } from "./estimates.ts";
import { labelQuality } from "./labelQuality.ts";
import { composed } from "./matrices.ts";

export interface ClassGain {
  readonly sensitivity: ChainEstimate;
  readonly specificity: ChainEstimate;
  /** Null: nothing may be labelled so, with or without the stage. */
  readonly ppv: ChainEstimate | null;
}

export interface StageGain {
  /** Place of the stage in the chain. */
  readonly stage: number;
  /** In label accuracy. */
  readonly accuracy: ChainEstimate;
  readonly classes: readonly ClassGain[];
}

export interface FixFirst {
  /** Null: undecided. */
  readonly stage: number | null;
  /** The largest gain minus each other stage's. */
  readonly ahead: readonly { readonly stage: number; readonly by: ChainEstimate }[];
  readonly reason: "oneStage" | "ahead" | "overlap" | "noGain";
}

export interface StageGains {
  readonly stages: readonly StageGain[];
  readonly fixFirst: FixFirst;
}

export function stageGains({ counted, draws }: DrawnChain): StageGains {
  const places = counted.stages.map((_, at) => at);
  const [whole, drawn] = [gainsOf(counted), draws.map(gainsOf)];
  const of = (each: (gains: Gains) => number) => estimateOf(each(whole), drawn.map(each));
  const stages = places.map(
    (stage): StageGain => ({
      stage,
      accuracy: of((gains) => gains[stage]!.accuracy),
      classes: counted.prevalence.map((_, k) => ({
        sensitivity: of((gains) => gains[stage]!.classes[k]!.sensitivity),
        specificity: of((gains) => gains[stage]!.classes[k]!.specificity),
        ppv: ppvGain(whole, drawn, (gains) => gains[stage]!.classes[k]!.ppv),
      })),
    }),
  );
  const top = places.reduce((best, at) => (whole[at]!.accuracy > whole[best]!.accuracy ? at : best), 0);
  const ahead = places.filter((at) => at !== top).map((stage) => ({ stage, by: of((gains) => gains[top]!.accuracy - gains[stage]!.accuracy) })); // biome-ignore format: one line
  return { stages, fixFirst: decided(stages[top]!, ahead) };
}

/** Ahead of every other stage by an interval above 0: each alone errs in 5 %, all at once in no more. */
function decided(top: StageGain, ahead: FixFirst["ahead"]): FixFirst {
  if (!(top.accuracy.low > 0)) return { stage: null, ahead, reason: "noGain" };
  if (ahead.length === 0) return { stage: top.stage, ahead, reason: "oneStage" };
  if (ahead.every(({ by }) => by.low > 0)) return { stage: top.stage, ahead, reason: "ahead" };
  return { stage: null, ahead, reason: "overlap" };
}

interface Gain {
  readonly accuracy: number;
  readonly classes: readonly {
    readonly sensitivity: number;
    readonly specificity: number;
    readonly ppv: number | null;
  }[];
}
type Gains = readonly Gain[];

function gainsOf({ stages, prevalence }: ChainState): Gains {
  const now = labelQuality(composed(stages), prevalence);
  return stages.map((_, at) => {
    const fixed = labelQuality(composed(stages, at), prevalence);
    return {
      accuracy: fixed.accuracy - now.accuracy,
      classes: fixed.classes.map(({ sensitivity, specificity, ppv }, k) => {
        const before = now.classes[k]!;
        return {
          sensitivity: sensitivity - before.sensitivity,
          specificity: specificity - before.specificity,
          ppv: ppv === null || before.ppv === null ? null : ppv - before.ppv,
        };
      }),
    };
  });
}

function ppvGain(whole: Gains, drawn: readonly Gains[], ppv: (gains: Gains) => number | null): ChainEstimate | null {
  const value = ppv(whole);
  const draws = drawn.flatMap((each) => ppv(each) ?? []);
  return value === null || draws.length < drawn.length ? null : estimateOf(value, draws);
}
