/** @file Labels of classes in the order in which a reader should look at them, and what is estimated of all of them. */
import { type PredictionTable, trueClass } from "../classification/table.ts";
import {
  argmax,
  confidentJoint,
  confidentThresholds,
  estimatedJoint,
  type GivenLabels,
  givenCounts,
  noiseMatrix,
  range,
} from "./confidentJoint.ts";
import { labelIssues, normalisedMargin, selfConfidence } from "./issues.ts";

export const classScores = { selfConfidence, normalisedMargin } as const;
export type ClassScore = keyof typeof classScores;

/** One label: of exclusive classes the item's class, else whether one class is present. */
export interface SuspectClass {
  readonly itemId: string;
  /** Null: of exclusive classes. */
  readonly classIndex: number | null;
  /** Of exclusive classes a class index; else 1 present, 0 absent. */
  readonly given: number;
  /** What the model holds most probable; may be the given one. */
  readonly suggested: number;
  /** In [0, 1]: the lower the more suspect. */
  readonly quality: number;
  /** Out of fold. */
  readonly givenProbability: number;
  readonly suggestedProbability: number;
  /** By confident learning, pruned by class and by noise rate. */
  readonly isIssue: boolean;
}

/** What is estimated of the labels of one question: which of exclusive classes, or whether one class is present (absent, present). */
export interface LabelQuestion {
  readonly classIndex: number | null;
  readonly items: number;
  /** Per value: items that were given it. */
  readonly given: readonly number[];
  /** Null where no item was given the value. */
  readonly thresholds: readonly (number | null)[];
  /** Items counted, [given][true]. */
  readonly confidentJoint: readonly (readonly number[])[];
  /** [given][true], adds up to 1. */
  readonly joint: readonly (readonly number[])[];
  /** p(given | true), [true][given]. */
  readonly noise: readonly (readonly (number | null)[])[];
  readonly estimatedErrors: number;
  readonly issues: number;
}

export interface SuspectClasses {
  /** The most suspect first; equals by item and class. */
  readonly suspects: readonly SuspectClass[];
  readonly questions: readonly LabelQuestion[];
}

/** @param table out-of-fold probabilities; its truth is the labels that are looked at. An item of which nothing is known is in no question. */
export function suspectClasses(table: PredictionTable, score: ClassScore): SuspectClasses {
  const asked = table.exclusive ? [null] : range(table.classes.length);
  const answers = asked.map((classIndex) => answer(table, classIndex, score)).filter((each) => each !== null);
  return {
    suspects: answers.flatMap(({ suspects }) => suspects).sort(bySuspicion),
    questions: answers.map(({ question }) => question),
  };
}

/** The lowest quality first; equals by item, then class. */
export const bySuspicion = (
  a: Pick<SuspectClass, "quality" | "itemId" | "classIndex">,
  b: Pick<SuspectClass, "quality" | "itemId" | "classIndex">,
): number =>
  a.quality - b.quality ||
  (a.itemId < b.itemId ? -1 : Number(a.itemId > b.itemId)) ||
  (a.classIndex ?? 0) - (b.classIndex ?? 0);

function answer(table: PredictionTable, classIndex: number | null, score: ClassScore) {
  const { itemIds, labels } = classIndex === null ? exclusiveLabels(table) : labelsOfClass(table, classIndex);
  if (itemIds.length === 0) return null;
  const { classes, given, probabilities } = labels;
  const qualities = classScores[score](labels);
  const issues = labelIssues(labels);
  const counts = confidentJoint(labels);
  const joint = estimatedJoint(labels, counts);
  const suspects = itemIds.map((itemId, item): SuspectClass => {
    const suggested = argmax(probabilities, item * classes, classes);
    return {
      itemId,
      classIndex,
      given: given[item]!,
      suggested,
      quality: qualities[item]!,
      givenProbability: probabilities[item * classes + given[item]!]!,
      suggestedProbability: probabilities[item * classes + suggested]!,
      isIssue: issues[item] === 1,
    };
  });
  const right = joint.reduce((sum, row, own) => sum + row[own]!, 0);
  const question: LabelQuestion = {
    classIndex,
    items: itemIds.length,
    given: givenCounts(labels),
    thresholds: Array.from(confidentThresholds(labels), (each) => (Number.isFinite(each) ? each : null)),
    confidentJoint: counts,
    joint,
    noise: noiseMatrix(joint),
    estimatedErrors: itemIds.length * (1 - right),
    issues: suspects.filter(({ isIssue }) => isIssue).length,
  };
  return { suspects, question };
}

interface Labelled {
  readonly itemIds: readonly string[];
  readonly labels: GivenLabels;
}

const exclusiveLabels = (table: PredictionTable): Labelled => ({
  itemIds: table.itemIds,
  labels: {
    classes: table.classes.length,
    given: table.itemIds.map((_, item) => trueClass(table, item)),
    probabilities: table.probabilities,
  },
});

/** Absent and present as two exclusive classes, of the items of which it is known. */
function labelsOfClass({ classes, itemIds, truth, probabilities }: PredictionTable, index: number): Labelled {
  const known = range(itemIds.length).filter((item) => truth[item * classes.length + index]! >= 0);
  const present = known.map((item) => probabilities[item * classes.length + index]!);
  return {
    itemIds: known.map((item) => itemIds[item]!),
    labels: {
      classes: 2,
      given: known.map((item) => truth[item * classes.length + index]!),
      probabilities: present.flatMap((probability) => [1 - probability, probability]),
    },
  };
}
