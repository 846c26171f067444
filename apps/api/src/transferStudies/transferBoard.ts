/** @file The transfer board of an experiment. */
import type { StartingWeights } from "@tessera/domain/configuration/training";
import type { TransferStudy } from "@tessera/domain/study/transferStudy";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import { assembleBoard } from "./assembleBoard.ts";
import { boardMetric } from "./boardMetric.ts";
import { pretrainingOf } from "./pretraining.ts";
import { readStudy } from "./readStudy.ts";
import type { TransferBoard } from "./transferBoard.type.ts";

interface Choice {
  readonly experiment: Experiment;
  readonly study: TransferStudy;
  readonly fold: Fold;
  /** Null: the task's own. */
  readonly metric: string | null;
}

/** @throws DomainError BAD_INPUT for a metric that the task does not have */
export async function transferBoard(context: Context, { metric: name, ...choice }: Choice): Promise<TransferBoard> {
  const { experiment, study } = choice;
  const { loaders } = context;
  const task = experiment.base.task === "classification" ? "classification" : "segmentation";
  const metric = boardMetric(context, task, name);
  const [read, pretraining, extensions] = await Promise.all([
    readStudy(context, { experiment, fold: choice.fold, metric }),
    Promise.all(study.arms.map(({ startingWeights }) => pretrainingOf(context, startingWeights as StartingWeights))),
    loaders.extensionsOfExperiment.load(experiment.id),
  ]);
  return assembleBoard({ ...choice, metric, read, pretraining, extensions });
}
