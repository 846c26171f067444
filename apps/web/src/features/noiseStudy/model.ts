/** @file The one model of the noise board: every picture and table is a projection of it. */
import type { DifferenceFieldsFragment, NoiseStudyQuery } from "@/gql/graphql";
import { type ArmLook, armLook, type ColorScheme } from "@/lib/arms";
import { isNumber, plural, score, signed } from "@/lib/format";
import type { Stage } from "@/lib/stage";
import { verdictName } from "@/lib/words";

export type Board = NonNullable<NonNullable<NoiseStudyQuery["experiment"]>["noiseStudy"]>;
export type Noise = Board["noises"][number];
export type Curve = Noise["curves"][number];
export type Point = Curve["points"][number];
export type GridCell = Noise["grid"][number];
export type Swap = Noise["swaps"][number];
export type Progress = Board["progress"];

/** One look per method, whatever the noise. */
export const lookOf = (board: Board, method: string, scheme: ColorScheme): ArmLook =>
  armLook(board.methods.indexOf(method), scheme);

const kindsInPixels = ["boundaryShift", "dilation", "erosion", "polygon"];
const plain = (value: number) => String(Number(value.toPrecision(3)));

/** "20 %", "4 px", "3 per item"; 0: "none". */
export function levelText({ kind }: Pick<Noise, "kind">, level: number): string {
  if (level === 0) return "none";
  if (kindsInPixels.includes(kind)) return `${plain(level)} px`;
  return kind === "spuriousBlobs" ? `${plain(level)} per item` : `${plain(level * 100)} %`;
}

/** A place on the curve's axis. */
export const placeText = (noise: Pick<Noise, "kind">, x: number): string => (x === 0 ? "0" : levelText(noise, x));

export const axisText = ({ onEffectiveRate, unit }: Noise): string =>
  onEffectiveRate ? "noise in training: share of labels changed" : `noise in training: ${unit}`;

const interval = (low: number, high: number, text: (value: number) => string) => `${text(low)} to ${text(high)}`;

export function areaText({ area }: Curve): string {
  if (!area) return "not yet";
  const spread = isNumber(area.low) && isNumber(area.high) ? ` (${interval(area.low, area.high, score)})` : "";
  return `${score(area.mean)}${spread}`;
}

/** What is known of a breakdown point; that it was not reached is no number. */
export function breakdownText(noise: Noise, { breakdown, area }: Curve): string {
  if (!breakdown) return area ? "none: no chance level, or at chance without noise" : "not yet";
  const { estimate, low, high, reached, seeds, last } = breakdown;
  const text = (value: number) => placeText(noise, Math.max(0, value));
  if (reached === 0) return `beyond ${text(last)}`;
  if (reached < seeds) return `at least ${text(estimate)} (${reached} of ${plural(seeds, "seed")} broke down)`;
  return isNumber(low) && isNumber(high) ? `${text(estimate)} (${interval(low, high, text)})` : text(estimate);
}

/** "+0.034 (0.010 to 0.058), better". @param text of a value with its sign */
export function differenceText(
  difference: DifferenceFieldsFragment | null | undefined,
  text: (value: number) => string = (value) => signed(value),
): string {
  if (!difference) return "the reference";
  const { estimate, low, high, verdict, reason } = difference;
  if (!isNumber(estimate)) return reason.startsWith("No comparison yet") ? "not yet" : reason;
  const spread = isNumber(low) && isNumber(high) ? ` (${interval(low, high, text)})` : "";
  return `${text(estimate)}${spread}, ${verdict ? verdictName[verdict] : "no verdict"}`;
}

/** With its sign, in the unit of the axis. */
export const signedPlace = (noise: Noise, value: number): string =>
  value === 0 ? "0" : `${value < 0 ? "−" : "+"}${placeText(noise, Math.abs(value))}`;

export const swapsAt = (noise: Noise, training: number, evaluation: number): Swap[] =>
  noise.swaps.filter((swap) => swap.trainingLevel === training && swap.evaluationLevel === evaluation);

export const cellAt = (noise: Noise, method: string, training: number, evaluation: number): GridCell | undefined =>
  noise.grid.find(
    (cell) => cell.method === method && cell.trainingLevel === training && cell.evaluationLevel === evaluation,
  );

/** "a above b on clean labels, below here". */
export const swapText = ({ better, worse, decided }: Swap): string =>
  `${better} is above ${worse} without noise in the test labels, and below it here${decided ? "" : ", by the means alone"}`;

/** Most items and seeds of a cell on the labels without noise. */
export function basisText(board: Board, labelVersion: number): string {
  const scores = board.noises.flatMap(({ curves }) =>
    curves.flatMap(({ points }) => points.map((point) => point.score)),
  );
  const [items, seeds] = [
    Math.max(0, ...scores.map((each) => each.items)),
    Math.max(0, ...scores.map((each) => each.seeds)),
  ];
  if (seeds === 0) return "no run is scored yet";
  return `test fold, n = ${plural(items, "item")}, ${plural(seeds, "seed")}, scored on label version ${labelVersion}`;
}

export const stagesOf = (progress: Progress): Stage[] => [
  { name: "label versions", done: progress.versionsMade, of: progress.versions, failed: progress.versionsFailed },
  { name: "runs", done: progress.runsSucceeded, of: progress.runs, failed: progress.runsFailed },
  {
    name: "scorings on noisy labels",
    done: progress.scoringsDone,
    of: progress.scorings,
    failed: progress.scoringsFailed,
  },
];
