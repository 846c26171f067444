/** @file The one model of the transfer board: every picture is a projection of it. */
import type { DifferenceFieldsFragment, TransferStudyQuery } from "@/gql/graphql";
import { type ArmLook, armLook, type ColorScheme } from "@/lib/arms";
import { count, isNumber, plural, signed } from "@/lib/format";
import { foldName } from "@/lib/words";

export type Board = NonNullable<NonNullable<TransferStudyQuery["experiment"]>["transferStudy"]>;
export type BoardArm = Board["arms"][number];
export type BoardCell = BoardArm["cells"][number];
export type Gap = DifferenceFieldsFragment;
export type Speed = NonNullable<BoardCell["speedGap"]>;

export interface LookedArm extends BoardArm {
  readonly look: ArmLook;
}

/** One look per starting weights, whatever the fraction. */
export const lookedArms = (board: Board, scheme: ColorScheme): LookedArm[] =>
  board.arms.map((arm, place) => ({ ...arm, look: armLook(place, scheme) }));

/** "5 %" */
export const fractionText = (fraction: number): string => `${Number((fraction * 100).toPrecision(6))} %`;

/** What the shares are of: subjects, or items where each is its own. */
export const sharesOf = (board: Board): "items" | "subjects" =>
  board.arms.some(({ cells }) => cells.some(({ trainItems, trainSubjects }) => trainSubjects < trainItems))
    ? "subjects"
    : "items";

/** "12", or "37–52" where the seeds have other subjects. */
export const itemsText = ({ leastTrainItems: least, mostTrainItems: most }: BoardCell): string =>
  least === most ? count(least) : `${count(least)}–${count(most)}`;

/** "5 % of the training items: 12", "5 % of the training subjects: 3, with 37–52 items" */
export function shareText(cell: BoardCell, shares: "items" | "subjects"): string {
  const share = `${fractionText(cell.fraction)} of the training ${shares}`;
  return shares === "items"
    ? `${share}: ${itemsText(cell)}`
    : `${share}: ${count(cell.trainSubjects)}, with ${itemsText(cell)} items`;
}

/** A metric's difference: three decimals with its sign, and its unit. */
export const gapText = (gap: Pick<Gap, "estimate">): string => signed(gap.estimate);

export const equalSpeed = "as fast";

/** "2.1 × faster", "1.3 × slower", "as fast". @param ratio of steps to the target, below 1 is faster */
export function speedText(ratio: number): string {
  const times = ratio < 1 ? 1 / ratio : ratio;
  const text = Number(times.toPrecision(2));
  if (text === 1) return equalSpeed;
  return `${text} × ${ratio < 1 ? "faster" : "slower"}`;
}

/** What is known of a speed gap: the ratio, or that it is a bound where runs of one side never reached the target. */
export function speedBound(speed: Speed): { readonly at: number; readonly bound: "is" | "atLeast" | "atMost" } | null {
  if (isNumber(speed.atLeast)) return { at: speed.atLeast, bound: "atLeast" };
  if (isNumber(speed.atMost)) return { at: speed.atMost, bound: "atMost" };
  return isNumber(speed.ratio) ? { at: speed.ratio, bound: "is" } : null;
}

/** "n" items and seeds of the scores: the most that some cell has. */
export function basisText(board: Board, labelVersion: number): string {
  const scores = board.arms.flatMap(({ cells }) => cells.map(({ score }) => score));
  const [items, seeds] = [
    Math.max(0, ...scores.map(({ items: each }) => each)),
    Math.max(0, ...scores.map(({ seeds: each }) => each)),
  ];
  if (seeds === 0) return `no run is scored on the ${foldName[board.fold]} fold yet`;
  return `${foldName[board.fold]} fold, n = ${plural(items, "item")}, ${plural(seeds, "seed")}, label version ${labelVersion}`;
}

export interface Progress {
  readonly total: number;
  readonly open: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Names of the experiment's arms in which a run failed. */
  readonly failedArms: readonly string[];
}

export function progressOf(board: Board): Progress {
  const cells = board.arms.flatMap((arm) => arm.cells);
  const sum = (of: (cell: BoardCell) => number) => cells.reduce((all, cell) => all + of(cell), 0);
  return {
    total: sum(({ runStates: s }) => s.queued + s.running + s.succeeded + s.failed + s.cancelled),
    open: sum(({ runStates: s }) => s.queued + s.running),
    failed: sum(({ runStates: s }) => s.failed),
    cancelled: sum(({ runStates: s }) => s.cancelled),
    failedArms: cells.filter(({ runStates }) => runStates.failed > 0).map(({ arm }) => arm),
  };
}

/** Seeds with which every cell could be compared; below 5 there is no verdict. */
export const leastSeeds = (board: Board): number =>
  Math.min(...board.arms.flatMap(({ cells }) => cells.map(({ score }) => score.seeds)));
