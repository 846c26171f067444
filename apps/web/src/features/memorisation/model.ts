/** @file The charts of the memorisation board: which curves are in which, and where an onset is marked. */
import type { BandPoint } from "@/features/curves/armBands";
import type { Curve, Mark } from "@/features/curves/curve";
import type { MemorisationFieldsFragment } from "@/gql/graphql";
import { armLook, type ColorScheme } from "@/lib/arms";
import { csvText } from "@/lib/csv";
import { isNumber, percent } from "@/lib/format";

export type Board = MemorisationFieldsFragment;
export type NoiseCurve = Board["curves"][number];
export type BandName = "cleanLoss" | "corruptedLoss" | "cleanFitted" | "corruptedFitted" | "corruptedAsTrue";

export interface ChartOfBands {
  readonly title: string;
  readonly note: string;
  readonly curves: readonly Curve[];
  readonly marks: readonly Mark[];
}

/** A curve's name: its effective rate, which is what the labels have. */
export const curveName = ({ effectiveRate, askedRate, noise }: NoiseCurve): string =>
  isNumber(askedRate) ? `${percent(effectiveRate)} changed (${percent(askedRate, 0)} asked)` : `${percent(effectiveRate)} changed: ${noise}`; // biome-ignore format: one line

const pointsOf = ({ epochs, mean, low, high, seeds }: NoiseCurve[BandName]): BandPoint[] =>
  epochs.map((step, at) => ({
    step,
    mean: mean[at] ?? null,
    low: low[at] ?? null,
    high: high[at] ?? null,
    seeds: seeds[at] ?? 0,
  }));

const isTold = (curve: NoiseCurve, name: BandName) => curve[name].mean.some(isNumber);

/** At the epoch nearest to the mean onset. */
function onsetMark(curve: NoiseCurve, name: BandName, place: number, scheme: ColorScheme): Mark[] {
  if (!isNumber(curve.onset)) return [];
  const at = curve[name].epochs.indexOf(Math.round(curve.onset));
  const value = curve[name].mean[at];
  return isNumber(value) ? [{ step: curve[name].epochs[at]!, value, look: armLook(place, scheme) }] : [];
}

/** One chart per measure, a curve per noise. */
function perMeasure(board: Board, scheme: ColorScheme, name: BandName, title: string, note: string): ChartOfBands {
  const told = board.curves.map((curve, place) => ({ curve, place })).filter(({ curve }) => isTold(curve, name));
  const marked = name === "corruptedLoss" || name === "corruptedFitted";
  return {
    title,
    note,
    curves: told.map(({ curve, place }) => ({
      name: curveName(curve),
      look: armLook(place, scheme),
      points: pointsOf(curve[name]),
    })),
    marks: marked ? told.flatMap(({ curve, place }) => onsetMark(curve, name, place, scheme)) : [],
  };
}

/** One chart of several measures of one noise. */
function perNoise(
  curve: NoiseCurve,
  scheme: ColorScheme,
  title: string,
  named: readonly (readonly [BandName, string])[],
): ChartOfBands {
  // biome-ignore format: one line
  const told = named.map(([name, label], place) => ({ name, label, place })).filter(({ name }) => isTold(curve, name));
  return {
    title,
    note: "",
    curves: told.map(({ name, label, place }) => ({
      name: label,
      look: armLook(place, scheme),
      points: pointsOf(curve[name]),
    })),
    marks: told.flatMap(({ name, place }) => (place === 1 ? onsetMark(curve, name, place, scheme) : [])),
  };
}

/** Losses first, then shares, where there are any: of one noise clean and corrupted in one chart, of several beside each other. */
export function chartsOf(board: Board, scheme: ColorScheme): ChartOfBands[] {
  const [only, ...others] = board.curves;
  const charts =
    only && others.length === 0
      ? [
          perNoise(only, scheme, "Loss", [
            ["cleanLoss", "clean labels"],
            ["corruptedLoss", "corrupted labels"],
          ]),
          perNoise(only, scheme, "Share predicted", [
            ["cleanFitted", "clean, as given"],
            ["corruptedFitted", "corrupted, as given"],
            ["corruptedAsTrue", "corrupted, as before the noise"],
          ]),
        ]
      : [
          perMeasure(board, scheme, "cleanLoss", "Loss of clean labels", ""),
          perMeasure(board, scheme, "corruptedLoss", "Loss of corrupted labels", ""),
          perMeasure(board, scheme, "corruptedFitted", "Corrupted labels predicted as given", "learnt by heart"),
          perMeasure(board, scheme, "corruptedAsTrue", "Corrupted labels predicted as before the noise", "seen through"), // biome-ignore format: one line
        ];
  return charts.filter(({ curves }) => curves.length > 0);
}

/** Of the charts of losses, so that clean and corrupted can be held against each other. */
export function lossRange(charts: readonly ChartOfBands[]): readonly [number, number] {
  const losses = charts.filter(({ title }) => title.startsWith("Loss"));
  const tops = losses.flatMap(({ curves }) => curves.flatMap(({ points }) => points.flatMap(({ high, mean }) => high ?? mean ?? []))); // biome-ignore format: one line
  return [0, Math.ceil(10 * Math.max(0.1, ...tops)) / 10];
}

/** "epoch 12.5 ± 1.2 (4 of 5 seeds)", or that none has begun. */
export function onsetText({ onset, onsetSd, runs, effectiveRate }: NoiseCurve): string {
  const begun = runs.filter((run) => isNumber(run.onset)).length;
  if (!isNumber(onset)) return effectiveRate === 0 ? "nothing is corrupted" : "not in these epochs";
  const spread = isNumber(onsetSd) ? ` ± ${onsetSd.toFixed(1)}` : "";
  const seeds = runs.length === 1 ? "" : ` (${begun} of ${runs.length} seeds)`;
  return `epoch ${Number(onset.toFixed(1))}${spread}${seeds}`;
}

/** Every epoch of every curve, for a table. */
export function memorisationCsv({ curves }: Board): string {
  const names = ["cleanLoss", "corruptedLoss", "cleanFitted", "corruptedFitted", "corruptedAsTrue"] as const;
  const rows = curves.flatMap((curve) =>
    names.flatMap((name) =>
      pointsOf(curve[name])
        .filter(({ mean }) => mean !== null)
        .map(({ step, mean, low, high, seeds }) => [
          curve.noise,
          curve.effectiveRate,
          curve.labelVersions.map(({ number }) => number).join(" "),
          name,
          step,
          mean,
          low,
          high,
          seeds,
        ]),
    ),
  );
  return csvText(
    ["noise", "effective rate", "label versions", "series", "epoch", "mean", "smallest", "largest", "seeds"],
    rows,
  );
}
