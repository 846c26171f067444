/** @file The planted errors of the chain and of the rules, beside what the boards of label chains say of them. */
import type { TesseraClient } from "@tessera/client/client";
import { type PlantedClassReader, plantedChain, ratesOf } from "@tessera/synthetic/classReaders";
import {
  accuracyOf,
  jointStates,
  rateOf,
  type State,
  truthName,
  withBest,
  withMajority,
} from "@tessera/synthetic/readerTruth";
import { type ChainBoard, chainBoard, type Rate, type Side, type Stage } from "./chain.ts";
import type { ReaderDataset } from "./dataset.ts";
import type { Figure } from "./figure.ts";

/** From the image to the label. */
const route = [truthName, "reader-a", "report", "nlp"] as const;
const kinds = ["READER", "REPORT", "NLP"] as const;
/** Half of the demo's pictures have the class. */
export const prevalence = 0.5;

const figure = (name: string, truth: number, { value, low, high }: Rate): Figure => ({
  name,
  truth,
  estimate: value,
  low,
  high,
});

export async function routeFigures(
  client: TesseraClient,
  dataset: ReaderDataset,
): Promise<{ readonly figures: readonly Figure[]; readonly board: ChainBoard }> {
  const states = jointStates(plantedChain, prevalence);
  const stages = kinds.map(
    (kind, at): Stage => ({ kind, before: { reader: route[at]! }, after: { reader: route[at + 1]! } }),
  );
  const name = `Planted chain: image, reader, report, program (${dataset.id.slice(0, 8)})`;
  const board = await chainBoard(client, dataset, name, stages);
  const both = (text: string, given: string, said: string, matrix: readonly (readonly Rate[])[]) =>
    (["specificity", "sensitivity"] as const).map((each, value) =>
      figure(`${each}, ${text}`, rateOf(states, given, said, value as 0 | 1), matrix[value]![value]!),
    );
  const accuracy = accuracyOf(states, "nlp");
  const figures = [
    ...board.stages.flatMap(({ matrix }, at) => both(`${route[at]} to ${route[at + 1]}`, route[at]!, route[at + 1]!, matrix)), // biome-ignore format: one line
    ...both("composed", truthName, "nlp", board.composed.matrix),
    ...both("direct", truthName, "nlp", board.direct!.matrix),
    figure("accuracy of the labels", accuracy, board.composed.accuracy),
    ...board.stages.map(({ gain }, at) =>
      figure(`gain by a perfect ${route[at + 1]}`, accuracyIfPerfect(route[at + 1]!) - accuracy, gain),
    ),
  ];
  return { figures, board };
}

/** Of the program's labels, where this reader makes no error of its own. */
function accuracyIfPerfect(name: string): number {
  const perfect = (each: PlantedClassReader) => (each.name === name ? { ...each, rates: ratesOf(1, 1) } : each);
  return accuracyOf(jointStates(plantedChain.map(perfect), prevalence), "nlp");
}

/** How often a version made by rule says the truth. */
export async function ruleFigures(
  client: TesseraClient,
  dataset: ReaderDataset,
  readers: readonly string[],
  versions: { readonly majority: string; readonly dawidSkene: string },
): Promise<Figure[]> {
  const states = jointStates(plantedChain, prevalence);
  return [
    await accuracyFigure(client, dataset, "majority", versions.majority, withMajority(states, readers, "it")),
    await accuracyFigure(client, dataset, "Dawid–Skene", versions.dawidSkene, withBest(states, readers, "it")),
  ];
}

/** Of a version whose labels are "it" in the states. */
function accuracyFigure(
  client: TesseraClient,
  dataset: ReaderDataset,
  name: string,
  versionId: string,
  states: readonly State[],
): Promise<Figure> {
  return keptFigure(client, dataset, { name: `accuracy, ${name}`, versionId, truth: accuracyOf(states, "it") });
}

/** Share of a version's labels that are the truth's. */
export async function keptFigure(
  client: TesseraClient,
  dataset: ReaderDataset,
  { name, versionId, truth }: { readonly name: string; readonly versionId: string; readonly truth: number },
): Promise<Figure> {
  const after: Side = { labelVersionId: versionId };
  const stage: Stage = { kind: "LABEL", before: { labelVersionId: dataset.truthId }, after };
  const board = await chainBoard(client, dataset, `${name} (${versionId.slice(0, 8)})`, [stage]);
  return figure(name, truth, board.composed.accuracy);
}
