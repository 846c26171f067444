/** @file The noise board of an experiment. */
import { robustnessSentence } from "@tessera/analysis/robustness/sentences";
import { levelText } from "@tessera/domain/study/noiseFamily";
import type { NoiseDesign } from "@tessera/domain/study/noiseStudy";
import type { Experiment } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import { boardMetric } from "../transferStudies/boardMetric.ts";
import { assembleNoise, rateOf } from "./assembleNoise.ts";
import { boardNotes } from "./boardNotes.ts";
import type { NoiseStudyBoard } from "./noiseStudyBoard.type.ts";
import type { NoiseVersion } from "./noiseVersion.type.ts";
import { progressOfStudy } from "./progress.ts";
import { type ReadStudy, readStudy } from "./readStudy.ts";

interface Choice {
  readonly experiment: Experiment;
  readonly design: NoiseDesign;
  /** Null: the task's own. */
  readonly metric: string | null;
}

/** @throws DomainError BAD_INPUT for a metric that the task does not have */
export async function noiseBoard(
  context: Context,
  { experiment, design, metric: name }: Choice,
): Promise<NoiseStudyBoard> {
  const { loaders } = context;
  const version = (await loaders.labelVersion.load(experiment.labelVersionId))!;
  const schema = (await loaders.schema.load(version.schemaId))!;
  const metric = boardMetric(context, schema.task, name);
  const [read, extensions] = await Promise.all([
    readStudy(context, experiment, metric),
    loaders.extensionsOfExperiment.load(experiment.id),
  ]);
  const delta = metric.isHeadline ? experiment.equivalenceMargin : null;
  const input = { experiment, design, metric, read, delta, schema };
  const noises = await Promise.all(design.noises.map((noise) => assembleNoise(context, noise, input)));
  const reference = design.methods[0]!.name;
  const said = noises.map(({ name: noise, curves }) => ({
    noise,
    differences: curves.flatMap(({ method, areaDifference }) =>
      areaDifference ? [{ method, ...areaDifference }] : [],
    ),
  }));
  return {
    ...{ metric: metric.shown, chance: read.chance.value, chanceText: read.chance.text },
    ...{ noiseSeed: design.seed, methods: design.methods.map((method) => method.name), equivalenceMargin: delta },
    progress: progressOfStudy(design, experiment.seeds.length, read),
    versions: versionsOf(design, read, schema.exclusive ? schema.classes.length : 2),
    noises,
    verdict: robustnessSentence(said, { reference, metric: metric.shown.label, delta }),
    notes: boardNotes({
      noises,
      task: schema.task,
      differences: said.flatMap((each) => each.differences).length,
      extensions,
    }),
  };
}

const versionsOf = (design: NoiseDesign, { versions }: ReadStudy, options: number): NoiseVersion[] =>
  design.noises.flatMap(({ name, model }) =>
    versions
      .filter(({ noise }) => noise === name)
      .map(({ result, experimentId: _, labelJobId: __, ...version }) => ({
        ...version,
        text: `${name} ${levelText(model, version.level)}`,
        effectiveRate: rateOf({ result }, model.kind, version.level, options),
        dice: result?.noise?.dice ?? null,
      })),
  );
