/** @file From the arms of a U-Net study and their scores to the board: main effects, and the table of arms. */
import { type ScoredArm, summarizeArm } from "@tessera/analysis/arm";
import { defaultConvention } from "@tessera/analysis/dice";
import { factorEffects } from "@tessera/analysis/factorEffects";
import { mean } from "@tessera/analysis/summary";
import { type UNetFacts, unetFacts } from "@tessera/domain/configuration/unetFacts";
import { DomainError } from "@tessera/domain/errors";
import type { StudyArm, StudyFactorName, UNetStudy } from "@tessera/domain/study/unetStudy";
import type { Fold } from "@tessera/domain/words";
import { differenceOf } from "../comparison/difference.ts";
import type { StudyArmScores } from "./scoredStudyArms.ts";
import type { UNetStudyBoard } from "./unetStudyBoard.type.ts";
import type { UNetStudyFactor } from "./unetStudyFactor.type.ts";
import type { UNetStudyScore } from "./unetStudyScore.type.ts";

export interface StudyInput {
  readonly study: UNetStudy;
  readonly scores: ReadonlyMap<string, StudyArmScores>;
  readonly fold: Fold;
  readonly equivalenceMargin: number | null;
}

export function assembleStudy({ study, scores, fold, equivalenceMargin }: StudyInput): UNetStudyBoard {
  const arms = study.arms.map((arm) => ({ ...arm, ...scores.get(arm.name)!, facts: unetFacts(arm.model) }));
  const factsOf = (names: readonly string[]) =>
    meanFacts(arms.flatMap((arm) => (names.includes(arm.name) ? arm.facts : [])));

  const factor = ({ name, levels }: UNetStudy["factors"][number]): UNetStudyFactor => {
    const [reference, ...others] = levels as [string, ...string[]];
    const ofReference = namesAt(study.arms, name, reference);
    const effects = factorEffects(arms, { name, levels }, { delta: equivalenceMargin });
    return {
      name,
      reference,
      levels: [
        { level: reference, arms: ofReference.length, ...factsOf(ofReference), partners: null, dice: null },
        ...others.map((level, place) => {
          const { matched, comparison, reason } = effects[place]!;
          const alone = matched.length === 0;
          return {
            level,
            arms: matched.length,
            ...factsOf(alone ? namesAt(study.arms, name, level) : matched.map(({ arm }) => arm)),
            partners: alone ? null : factsOf(matched.map(({ partner }) => partner)),
            dice: differenceOf(comparison ?? { reason }),
          };
        }),
      ],
    };
  };
  return {
    fold,
    convention: defaultConvention.text,
    factors: study.factors.filter(({ levels }) => levels.length > 1).map(factor),
    arms: arms.map(({ name, model, levels, facts, scored }) => ({
      arm: name,
      depth: model.depth,
      skips: levels.skips,
      loss: levels.loss,
      ...facts,
      scores: [scoreOf("dice", scored)],
    })),
  };
}

const namesAt = (arms: readonly StudyArm[], factor: StudyFactorName, level: string): string[] =>
  arms.filter((arm) => arm.levels[factor] === level).map((arm) => arm.name);

const meanFacts = (facts: readonly UNetFacts[]): UNetFacts => ({
  parameters: mean(facts.map((each) => each.parameters)),
  receptiveField: mean(facts.map((each) => each.receptiveField)),
  multiplyAdds: mean(facts.map((each) => each.multiplyAdds)),
});

/** All null while no item has a score in every run of the arm. */
function scoreOf(metric: string, arm: ScoredArm): UNetStudyScore {
  try {
    const { mean: middle, sd, low, high, seeds, n } = summarizeArm(arm);
    return { metric, mean: middle, sd, low, high, seeds, items: n };
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "BAD_INPUT")) throw error;
    return { metric, mean: null, sd: null, low: null, high: null, seeds: arm.runs.length, items: 0 };
  }
}
