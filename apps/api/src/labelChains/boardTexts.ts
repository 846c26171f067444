/** @file The sentences of a chain's board. */
import type { AgainstDirect } from "@tessera/analysis/labelChain/composedAgainstDirect";
import type { ChainEstimate } from "@tessera/analysis/labelChain/estimates";
import type { SetsDiffer } from "@tessera/analysis/labelChain/setsDiffer";
import type { StageGains } from "@tessera/analysis/labelChain/stageGains";
import { fewItems, type ThinRow } from "@tessera/analysis/labelChain/thinRows";

export const assumption =
  "Assumed: a stage errs by the class that it is given alone, whatever the image and the stages before (Markov). Images that are hard for the reader and for the NLP alike would break it.";

const points = (value: number) => (100 * value).toFixed(1);
const interval = ({ low, high }: ChainEstimate) => `95 % interval ${points(low)} to ${points(high)}`;

export function fixFirstText({ stages, fixFirst }: StageGains, names: readonly string[]): string {
  const top = stages.reduce((best, each) => (each.accuracy.value > best.accuracy.value ? each : best));
  const name = names[top.stage]!;
  const gain = `${points(top.accuracy.value)} points of label accuracy (${interval(top.accuracy)})`;
  switch (fixFirst.reason) {
    case "noGain":
      return `Undecided: no stage's gain is told from none; the largest is ${name}'s with ${gain}.`;
    case "oneStage":
      return `The chain has one stage, ${name}: a perfect one would bring ${gain}.`;
    case "ahead":
      return `Fix the ${name} stage first: a perfect one would bring ${gain}, more than any other stage.`;
    case "overlap": {
      const close = fixFirst.ahead.filter(({ by }) => !(by.low > 0));
      const others = close.map(({ stage, by }) => `${names[stage]} (${points(by.value)} less, ${interval(by)})`);
      return `Undecided which stage to fix first: a perfect ${name} would bring ${gain}, but it is not told apart from ${others.join(" and ")}.`;
    }
  }
}

export function againstText({ p, contradicted, unseen }: AgainstDirect): string {
  const chance = p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(3)}`;
  return contradicted
    ? `The assumption is contradicted: composed and direct differ by more than chance (${chance}). Trust the direct matrix; the gains below are then of a chain that is not quite this one.`
    : `The assumption is not contradicted (${chance}); a difference of less than ${points(unseen)} points in an entry could have gone unseen.`;
}

export function warningsOf(
  thin: readonly ThinRow[],
  differ: readonly (SetsDiffer | null)[],
  names: readonly string[],
  classes: readonly string[],
): string[] {
  const few = thin.map(({ stage, classIndex, items }) =>
    items === 0
      ? `${names[stage]}: no item of “${classes[classIndex]}”; what rests on it is not known, and its intervals say so.`
      : `${names[stage]}: ${Math.round(items)} independent items of “${classes[classIndex]}”; below ${fewItems} an interval covers 92 to 98 % rather than 93 to 97.`,
  );
  const sets = differ.flatMap((each, stage) =>
    each !== null && each.p < 0.05
      ? [`${names[stage]}: its sets do not have the same rates (p ${each.p < 0.001 ? "< 0.001" : `= ${each.p.toFixed(3)}`}); all together is a mixture of them. Look at each by itself.`] // biome-ignore format: one line
      : [],
  );
  return [...sets, ...few];
}
