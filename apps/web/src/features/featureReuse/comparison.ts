/** @file Which two sets of weights are compared, in words, and what each cell of the answer says. */
import type {
  FeatureReuseAnswerQuery,
  FeatureReuseListQuery,
  InspectedRunFieldsFragment,
  WeightTime,
} from "@/gql/graphql";
import { isNumber } from "@/lib/format";

export type Asked = NonNullable<FeatureReuseListQuery["run"]>["inspections"][number];
export type Answer = NonNullable<NonNullable<FeatureReuseAnswerQuery["inspection"]>["featureReuse"]>;
export type Similarity = Answer["similarities"][number];
export type Estimator = Similarity["estimator"];

export const estimatorName: Readonly<Record<Estimator, string>> = {
  UNBIASED: "unbiased",
  MINIBATCH: "minibatch",
  LINEAR: "linear",
};

export const runName = (run: InspectedRunFieldsFragment): string =>
  `${run.experiment ? `${run.experiment.name}: ` : ""}${run.arm || run.name}, seed ${run.seed}`;

const timeName: Readonly<Record<WeightTime, string>> = { START: "start", END: "end" };

interface Side {
  readonly runId: string;
  readonly at: string;
}

export const sideText = ({ runId, at }: Side, ofRunId: string, runs: readonly InspectedRunFieldsFragment[]): string => {
  const time = timeName[at.toUpperCase() as WeightTime];
  const run = runs.find(({ id }) => id === runId);
  return runId === ofRunId || !run ? `${time} of this run` : `${time} of ${runName(run)}`;
};

/** "start of this run × end of this run · 256 items". */
export function askedText({ request, runs }: Asked, runId: string): string {
  const { a, b, items, positions } = request as { a: Side; b: Side; items: number; positions: string };
  const [left, right] = [sideText(a, runId, runs), sideText(b, runId, runs)];
  return `${left} × ${right} · at most ${items} items · ${positions === "average" ? "averaged" : "flattened"} positions`;
}

export interface CellFact {
  readonly value: number | null;
  readonly random: number | null;
  readonly shuffled: number | null;
  /** Inside what independent random nets, or shuffled items, reach. */
  readonly inRandom: boolean;
  readonly inShuffled: boolean;
}

export function cellOf(similarity: Similarity, row: number, column: number): CellFact {
  const at = (matrix: Similarity["values"]) => matrix[row]?.[column] ?? null;
  const [value, random, shuffled] = [at(similarity.values), at(similarity.randomHigh), at(similarity.shuffledHigh)];
  const inside = (high: number | null) => isNumber(value) && isNumber(high) && value <= high;
  return { value, random, shuffled, inRandom: inside(random), inShuffled: inside(shuffled) };
}

const two = (value: number | null) => (isNumber(value) ? value.toFixed(2).replace("-", "−") : "undefined");

/** A cell for who hears it, and for the line above the map. */
export function cellText({ blocksA, blocksB }: Answer, similarity: Similarity, row: number, column: number): string {
  const { value, random, shuffled, inRandom, inShuffled } = cellOf(similarity, row, column);
  const place = `${blocksA[row]} × ${blocksB[column]}`;
  if (!isNumber(value)) return `${place}: undefined, the features of one do not vary`;
  const word =
    inRandom && inShuffled
      ? "inside both nulls"
      : inShuffled
        ? "inside the null of shuffled items"
        : inRandom
          ? "inside the null of random nets"
          : "above both nulls";
  return `${place}: CKA ${two(value)}, ${word} (random nets reach ${two(random)}, shuffled items ${two(shuffled)})`;
}

/** Block by block, where both have a block of that name. */
export const sameBlocks = ({ blocksA, blocksB }: Answer): { block: string; row: number; column: number }[] =>
  blocksA.flatMap((block, row) => {
    const column = blocksB.indexOf(block);
    return column < 0 ? [] : [{ block, row, column }];
  });

/** "5 of 9 blocks are above both nulls: stem, stage1/block0, …". */
export function sentenceOf(answer: Answer, similarity: Similarity): string {
  const same = sameBlocks(answer);
  if (same.length === 0) return "The two nets have no block of the same name; the map says which are alike.";
  const above = same.filter(({ row, column }) => {
    const { value, inRandom, inShuffled } = cellOf(similarity, row, column);
    return isNumber(value) && !inRandom && !inShuffled;
  });
  if (above.length === 0) {
    return `No block is more alike than those of independent random nets, or than by chance (${same.length} blocks).`;
  }
  const names = above.map(({ block }) => block).join(", ");
  return `${above.length} of ${same.length} blocks are more alike than random nets make them: ${names}.`;
}
