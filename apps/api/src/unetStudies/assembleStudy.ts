/** @file From the arms of a U-Net study and their scores to the board: main effects, and the table of arms. */
import { armScore } from "@tessera/analysis/armScore";
import { factorEffects } from "@tessera/analysis/factorEffects";
import { mean } from "@tessera/analysis/summary";
import { type UNetFacts, unetFacts } from "@tessera/domain/configuration/unetFacts";
import type { StudyArm, StudyFactorName, UNetStudy } from "@tessera/domain/study/unetStudy";
import type { Fold } from "@tessera/domain/words";
import { differenceOf } from "../comparison/difference.ts";
import type { Difference } from "../comparison/difference.type.ts";
import { type StudyMetricName, type StudyMetricScores, studyMetricNames } from "./studyScores.ts";
import type { UNetStudyBoard } from "./unetStudyBoard.type.ts";
import type { UNetStudyFactor } from "./unetStudyFactor.type.ts";

export interface StudyInput {
  readonly study: UNetStudy;
  readonly scores: Readonly<Record<StudyMetricName, StudyMetricScores>>;
  readonly fold: Fold;
  /** Of the labels: one logit each. */
  readonly classes: number;
  /** Declared for Dice. */
  readonly equivalenceMargin: number | null;
}

type Differences = Record<StudyMetricName, Difference | null>;

export function assembleStudy({ study, scores, fold, classes, equivalenceMargin }: StudyInput): UNetStudyBoard {
  const facts = new Map(study.arms.map(({ name, model }) => [name, unetFacts(model, classes)]));
  const factsOf = (names: readonly string[]) => meanFacts(names.map((name) => facts.get(name)!));

  const factor = ({ name, levels }: UNetStudy["factors"][number]): UNetStudyFactor => {
    const [reference, ...others] = levels as [string, ...string[]];
    const ofReference = namesAt(study.arms, name, reference);
    const effects = studyMetricNames.map((each) => {
      const { metric, arms } = scores[each];
      const delta = each === "dice" ? equivalenceMargin : null;
      const scored = study.arms.map((arm) => ({ levels: arm.levels, ...arms.get(arm.name)! }));
      return factorEffects(scored, { name, levels }, { delta, higherIsBetter: metric.higherIsBetter });
    });
    const differences = (of: (metric: number) => Difference | null) =>
      Object.fromEntries(studyMetricNames.map((each, i) => [each, of(i)])) as Differences;
    return {
      name,
      reference,
      levels: [
        {
          level: reference,
          arms: ofReference.length,
          ...factsOf(ofReference),
          partners: null,
          ...differences(() => null),
        },
        ...others.map((level, place) => {
          const { matched } = effects[0]![place]!; // the same under every metric
          const alone = matched.length === 0;
          return {
            level,
            arms: matched.length,
            ...factsOf(alone ? namesAt(study.arms, name, level) : matched.map(({ arm }) => arm)),
            partners: alone ? null : factsOf(matched.map(({ partner }) => partner)),
            ...differences((metric) => differenceOf(effects[metric]![place]!)),
          };
        }),
      ],
    };
  };
  return {
    fold,
    metrics: studyMetricNames.map((name) => scores[name].metric),
    factors: study.factors.filter(({ levels }) => levels.length > 1).map(factor),
    arms: study.arms.map(({ name, model, levels }) => ({
      arm: name,
      depth: model.depth,
      skips: levels.skips,
      loss: levels.loss,
      ...facts.get(name)!,
      scores: studyMetricNames.map((metric) => ({
        ...armScore(scores[metric].arms.get(name)!.scored),
        metric,
        difference: null,
      })),
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
