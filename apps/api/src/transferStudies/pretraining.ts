/** @file What the starting weights of an arm cost: the chain of trainings that they come from. */
import { completeRun, type RunConfiguration } from "@tessera/domain/configuration/run";
import { epochSteps, type StartingWeights, startingSource } from "@tessera/domain/configuration/training";
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import type { Pretraining } from "./pretraining.type.ts";
import type { PretrainingHop } from "./pretrainingHop.type.ts";
import { trainingParts } from "./trainingParts.ts";

export async function pretrainingOf(context: Context, starting: StartingWeights): Promise<Pretraining> {
  const { loaders } = context;
  const hops: PretrainingHop[] = [];
  // A run starts from an older one, so that the chain ends.
  for (let source = startingSource(starting); source !== null; ) {
    if (source.kind === "imported") {
      const weights = await loaders.weights.load(source.weightsId);
      hops.unshift({ ...unknown, name: weights?.name ?? "imported weights", weightsId: source.weightsId });
      break;
    }
    const run = await loaders.run.load(source.runId);
    if (!run) {
      hops.unshift({ ...unknown, name: "a run that is not there any more", runId: source.runId });
      break;
    }
    const configuration = completeRun(run.configuration) as RunConfiguration;
    hops.unshift(await hopOf(context, run, configuration));
    source = startingSource(configuration.startingWeights);
  }
  const sum = (of: (hop: PretrainingHop) => number | null) =>
    hops.reduce<number | null>((total, hop) => add(total, of(hop)), 0);
  const [steps, seconds] = [sum((hop) => hop.steps), sum((hop) => hop.seconds)];
  return { hops, steps, seconds, sentence: sentenceOf(hops, steps, seconds, starting.kind === "statistics") };
}

const unknown: Omit<PretrainingHop, "name"> = {
  runId: null,
  weightsId: null,
  dataset: null,
  steps: null,
  epochs: null,
  trainItems: null,
  itemsSeen: null,
  seconds: null,
};

const add = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

async function hopOf(context: Context, run: Run, configuration: RunConfiguration): Promise<PretrainingHop> {
  const { loaders } = context;
  const { splitId, labelVersionId, seed } = run;
  const [dataset, parts, attempts] = await Promise.all([
    run.datasetId === null ? null : loaders.dataset.load(run.datasetId),
    splitId === null || labelVersionId === null ? null : trainingParts(context, { splitId, labelVersionId }),
    loaders.attempts.load(run.id),
  ]);
  const { epochs, batchSize, trainingFraction: fraction } = configuration;
  const trainItems = parts === null ? null : parts.sizeOf({ seed, fraction }).items;
  const whole = run.state === "succeeded" && trainItems !== null;
  const steps = whole ? epochs * epochSteps(trainItems, configuration) : null;
  const ended = attempts.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [+endedAt - +startedAt]));
  return {
    name: run.name,
    runId: run.id,
    weightsId: null,
    dataset: dataset?.name ?? null,
    steps,
    epochs,
    trainItems,
    itemsSeen: steps === null ? null : steps * batchSize,
    seconds: ended.length === 0 ? null : ended.reduce((sum, ms) => sum + ms, 0) / 1000,
  };
}

function sentenceOf(
  hops: readonly PretrainingHop[],
  steps: number | null,
  seconds: number | null,
  statistics: boolean,
): string {
  if (hops.length === 0) return "None: the weights are random.";
  const names = hops.map(({ name, dataset }) => (dataset === null ? name : `${name} (on ${dataset})`)).join(", then ");
  const of = statistics ? "The mean and variance of the weights of " : "";
  const trainings = hops.length === 1 ? "1 training" : `${hops.length} trainings`;
  const imported = hops.some(({ weightsId }) => weightsId !== null);
  if (imported) return `${of}${names}. What the imported weights cost is not known here.`;
  if (steps === null) return `${of}${names}. Not ended, so that the cost is not known yet.`;
  const time = seconds === null ? "" : ` in ${Math.round(seconds)} s`;
  return `${of}${names}. ${trainings}, ${steps} steps${time}.`;
}
