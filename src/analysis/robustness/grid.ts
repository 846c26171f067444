/** @file Training noise × evaluation noise: where two methods are in another order on noisy labels than on clean ones. */
import { type Cell, compareCells } from "../transfer/cells.ts";
import type { VerdictOptions } from "../verdict.ts";

export interface GridCell {
  readonly method: string;
  readonly trainingLevel: number;
  /** 0: clean labels. */
  readonly evaluationLevel: number;
  readonly runs: Cell["runs"];
}

export interface RankSwap {
  readonly trainingLevel: number;
  readonly evaluationLevel: number;
  /** The better one on clean labels, by the mean of paired seeds; on this cell's labels it is the worse one. */
  readonly better: string;
  readonly worse: string;
  /** Both orders have a verdict. False: means of few seeds, or within their spread. */
  readonly decided: boolean;
}

interface Options {
  readonly higherIsBetter: boolean;
  readonly runs?: VerdictOptions["runs"];
}

/** @param cells of one kind of noise */
export function rankSwaps(cells: readonly GridCell[], { higherIsBetter, runs }: Options): RankSwap[] {
  const methods = [...new Set(cells.map(({ method }) => method))];
  const pairs = methods.flatMap((a, place) => methods.slice(place + 1).map((b) => [a, b] as const));
  const find = (method: string, training: number, evaluation: number) =>
    cells.find(
      (cell) => cell.method === method && cell.trainingLevel === training && cell.evaluationLevel === evaluation,
    );
  const places = new Map(cells.map((cell) => [`${cell.trainingLevel} ${cell.evaluationLevel}`, cell]));
  return [...places.values()].flatMap(({ trainingLevel, evaluationLevel }) =>
    pairs.flatMap(([a, b]): RankSwap[] => {
      if (evaluationLevel === 0) return [];
      const on = (level: number) =>
        orderOf(find(a, trainingLevel, level), find(b, trainingLevel, level), {
          higherIsBetter,
          ...(runs && { runs }),
        });
      const [clean, noisy] = [on(0), on(evaluationLevel)];
      if (clean === null || noisy === null || clean.sign * noisy.sign >= 0) return [];
      const [better, worse] = clean.sign > 0 ? [b, a] : [a, b];
      return [{ trainingLevel, evaluationLevel, better, worse, decided: clean.decided && noisy.decided }];
    }),
  );
}

/** Of b against a; null where there is no comparison. */
function orderOf(a: GridCell | undefined, b: GridCell | undefined, options: VerdictOptions) {
  if (!a || !b) return null;
  const { compared } = compareCells({ name: a.method, runs: a.runs }, { name: b.method, runs: b.runs }, options);
  if (compared === null) return null;
  const { verdict, difference } = compared;
  const sign = Math.sign(difference.estimate) * (options.higherIsBetter === false ? -1 : 1);
  return { sign, decided: verdict === "better" || verdict === "worse" };
}
