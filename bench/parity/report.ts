/** @file The figures of all runs: what is compared, and whether both sides did train the same thing. */
import type { ScoredArm } from "@tessera/analysis/arm";
import { type Comparison, compareArms } from "@tessera/analysis/comparison";
import { mean, median } from "@tessera/analysis/summary";
import type { Run } from "./run.ts";

/** A difference in test Dice that does not matter; declared before any run. */
const delta = 0.02;
const checkedEpochs = 3;

export interface Side {
  readonly testDice: { readonly mean: number; readonly sd: number | null };
  /** Medians over the runs. */
  readonly seconds: number;
  readonly epochSeconds: number;
  readonly prepareSeconds: number;
  readonly startSeconds: number;
}

export interface Ours extends Side {
  /** Of the time of the steps, how much a step waits for its batch; median over the runs. */
  readonly waitShare: number;
}

export interface Report {
  readonly ours: Ours;
  readonly torch: Side;
  /** Ours to PyTorch's. */
  readonly ratio: { readonly total: number; readonly epoch: number };
  /** Ours minus PyTorch's: 95 % interval over seeds, paired; null for one seed. */
  readonly diceDifference: { readonly estimate: number; readonly low: number | null; readonly high: number | null };
  readonly verdict: Comparison["verdict"];
  readonly reason: string;
  /** Relative, the largest over the seeds: all near 0 where both train the same model on the same batches. */
  readonly difference: {
    /** Before the first step: nothing but the two decoders' resizing differs. */
    readonly firstLoss: number;
    /** Mean losses of the first epochs, where rounding has not yet led the two apart. */
    readonly earlyLosses: number;
    /** Pixels of the test items' regions. */
    readonly regionPixels: number;
  };
}

/** @param ours, torch in the same order of seeds */
export function report(ours: readonly Run[], torch: readonly Run[]): Report {
  const { a, b, difference, verdict, reason } = compareArms(arm("PyTorch", torch), arm("Tessera", ours), { delta });
  const waitShare = median(ours.flatMap((run) => run.waitShare ?? []))!;
  const sides = { ours: { ...side(ours, b), waitShare }, torch: side(torch, a) };
  const largest = (of: (one: Run, other: Run) => number) => Math.max(...ours.map((one, i) => of(one, torch[i]!)));
  return {
    ...sides,
    ratio: {
      total: sides.ours.seconds / sides.torch.seconds,
      epoch: sides.ours.epochSeconds / sides.torch.epochSeconds,
    },
    diceDifference: { estimate: difference.estimate, low: difference.low, high: difference.high },
    verdict,
    reason,
    difference: {
      firstLoss: largest((one, other) => relative(one.firstLoss, other.firstLoss)),
      earlyLosses: largest((one, other) =>
        Math.max(...one.losses.slice(0, checkedEpochs).map((loss, epoch) => relative(loss, other.losses[epoch]!))),
      ),
      regionPixels: largest((one, other) =>
        relative(mean([...one.regionPixels.values()]), mean([...other.regionPixels.values()])),
      ),
    },
  };
}

const arm = (name: string, runs: readonly Run[]): ScoredArm => ({ name, runs });

const relative = (value: number, reference: number): number => Math.abs(value - reference) / Math.abs(reference);

function side(runs: readonly Run[], { mean, sd }: Comparison["a"]): Side {
  const middle = (of: (run: Run) => number) => median(runs.map(of))!;
  return {
    testDice: { mean, sd },
    seconds: middle(({ seconds }) => seconds),
    epochSeconds: middle(({ epochSeconds }) => epochSeconds),
    prepareSeconds: middle(({ prepareSeconds }) => prepareSeconds),
    startSeconds: middle(({ startSeconds }) => startSeconds),
  };
}
