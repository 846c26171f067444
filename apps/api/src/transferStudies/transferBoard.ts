/** @file The transfer board of an experiment. */
import type { TransferStudy } from "@tessera/domain/study/transferStudy";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import type { TransferBoard } from "./transferBoard.type.ts";

interface Input {
  readonly experiment: Experiment;
  readonly study: TransferStudy;
  readonly fold: Fold;
  readonly metric: string | null;
}

export async function transferBoard(_context: Context, { study, fold }: Input): Promise<TransferBoard> {
  return {
    fold,
    metric: { name: "auc", label: "AUC", unit: null, higherIsBetter: true, convention: "" },
    chance: null,
    chanceText: "",
    series: "validation/auc",
    seriesChance: null,
    reference: study.reference,
    fractions: study.fractions,
    equivalenceMargin: null,
    arms: [],
    verdict: "",
    notes: [],
  };
}
