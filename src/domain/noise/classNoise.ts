/**
 * @file Noise on class labels: symmetric (Zhang et al. 2017, arXiv:1611.03530: drawn anew among all classes), asymmetric (a transition
 * matrix; Patrini et al. 2017, arXiv:1609.03683), and instance-dependent.
 *
 * Instance-dependent noise (after Chen et al. 2021, arXiv:2012.05458, who take a network's averaged predictions) takes the readers' votes: the
 * chance that a label is drawn anew is proportional to the share of votes against it, and the new one is drawn from those votes.
 * Every item has its own stream of the seed and its key, so that no item's noise depends on another's, or on their order. Of one seed, what a lower
 * rate corrupts a higher one corrupts too, to the same label.
 */
import { type ClassValues, oneClass } from "../classValues.ts";
import { DomainError } from "../errors.ts";
import { type RandomStream, randomStream } from "../random.ts";
import { effectiveRate, type NoiseCounts } from "./effectiveRate.ts";
import type { ClassNoise } from "./models.ts";

export interface LabelledItem {
  /** Of the item's content, as its file's hash: the same item gets the same noise in every installation. */
  readonly key: string;
  readonly values: ClassValues;
  /** Of instance-dependent noise: what each reader said of the item. */
  readonly votes?: readonly ClassValues[];
}

export interface NoisyLabels {
  /** In the order given. */
  readonly values: readonly ClassValues[];
  readonly counts: NoiseCounts;
}

interface Shape {
  readonly classes: number;
  readonly exclusive: boolean;
}

/** A label of one question: of exclusive classes which class, else whether the class is present. */
interface Question {
  readonly value: number;
  readonly options: number;
  /** Class index; 0 where classes are exclusive. */
  readonly index: number;
  /** Per option, how many readers chose it. */
  readonly votes: readonly number[];
}

/** @throws DomainError BAD_INPUT where no item is disputed, or the rate is more than the disputed items can carry */
export function addClassNoise(
  items: readonly LabelledItem[],
  model: ClassNoise,
  seed: number,
  shape: Shape,
): NoisyLabels {
  const questions = items.map((item) => questionsOf(item, shape));
  const chance = chances(questions.flat(), model);
  let [labels, drawn, changed, expected] = [0, 0, 0, 0];
  const values = items.map((item, at) => {
    const random = randomStream(seed, "class noise", item.key);
    const next = [...item.values];
    for (const question of questions[at]!) {
      labels++;
      const given = chance(question);
      expected += given.reduce((sum, share, option) => (option === question.value ? sum : sum + share.changes), 0);
      const answer = drawAnswer(random, given);
      if (answer === null) continue;
      drawn++;
      if (answer === question.value) continue;
      changed++;
      if (shape.exclusive) next.splice(0, next.length, ...oneClass(answer, shape.classes));
      else next[question.index] = answer as 0 | 1;
    }
    return next;
  });
  return { values, counts: { labels, drawn, changed, expectedRate: labels === 0 ? null : expected / labels } };
}

function questionsOf({ values, votes = [] }: LabelledItem, { classes, exclusive }: Shape): Question[] {
  if (exclusive) {
    const counts = Array.from({ length: classes }, (_, index) => votes.filter((vote) => vote[index] === 1).length);
    return [{ value: values.indexOf(1), options: classes, index: 0, votes: counts }];
  }
  return values.flatMap((value, index) => {
    if (value === null) return [];
    const counts = [0, 1].map((option) => votes.filter((vote) => vote[index] === option).length);
    return [{ value, options: 2, index, votes: counts }];
  });
}

/** Per option: the chance that the label is drawn anew and becomes it. */
type Chances = readonly { readonly changes: number }[];

function chances(questions: readonly Question[], model: ClassNoise): (question: Question) => Chances {
  if (model.kind === "symmetric") {
    return ({ options }) => Array.from({ length: options }, () => ({ changes: model.rate / options }));
  }
  if (model.kind === "asymmetric") {
    return ({ value, index }) =>
      model.matrices[index]![value]!.map((share, option) => ({ changes: option === value ? 0 : share }));
  }
  const against = ({ value, votes }: Question) => {
    const all = votes.reduce((sum, count) => sum + count, 0);
    return all === 0 ? 0 : 1 - votes[value]! / all;
  };
  const mean = questions.reduce((sum, question) => sum + against(question), 0) / Math.max(1, questions.length);
  const most = Math.max(0, ...questions.map(against));
  if (mean === 0 || (model.rate * most) / mean > 1 + 1e-9) {
    const possible = most === 0 ? 0 : mean / most;
    const message = `rate: expected at most ${possible.toFixed(4)}, for readers differ on few items, got ${model.rate}; lower it`;
    throw new DomainError("BAD_INPUT", message, { field: "model.rate", most: possible });
  }
  return (question) => {
    const all = question.votes.reduce((sum, count) => sum + count, 0) - question.votes[question.value]!;
    return question.votes.map((count, option) => ({
      changes: option === question.value || all === 0 ? 0 : (((model.rate * against(question)) / mean) * count) / all,
    }));
  };
}

/**
 * Whether, and then what, by a number of its own each: so that a higher rate corrupts the same labels in the same way, and more besides.
 */
function drawAnswer(random: RandomStream, given: Chances): number | null {
  const [whether, which] = [random.uniform(), random.uniform()];
  const all = given.reduce((sum, { changes }) => sum + changes, 0);
  if (whether >= all) return null;
  let left = which * all;
  for (const [option, { changes }] of given.entries()) {
    if (left < changes) return option;
    left -= changes;
  }
  return given.findLastIndex(({ changes }) => changes > 0); // which * all, rounded up
}

/** The chance that a symmetric label changes, for what is said before the noise is made. */
export const symmetricRate = (rate: number, { classes, exclusive }: Shape) =>
  effectiveRate(rate, exclusive ? classes : 2);
