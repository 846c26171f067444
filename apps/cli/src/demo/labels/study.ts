/** @file Classifiers that learn from noisy labels: the study, its end, and its curves. */
import type { TesseraClient } from "@tessera/client/client";
import { ensureNoiseStudy, followNoiseStudy } from "../../noiseStudies.ts";
import type { LabelsOptions } from "../options.ts";
import { projectName } from "../readyDataset.ts";
import { smallClassifier } from "../smallClassifier.ts";
import type { ReaderDataset } from "./dataset.ts";

/** Shares of the labels that are drawn anew; with two classes half of them come out as another. */
export const noiseLevels = [0.4, 0.8] as const;

export interface NoiseBoard {
  readonly verdict: string;
  readonly notes: readonly string[];
  readonly versions: readonly { readonly level: number; readonly labelVersionId: string | null }[];
  readonly noises: readonly {
    readonly curves: readonly {
      readonly method: string;
      readonly points: readonly {
        readonly level: number;
        readonly x: number | null;
        readonly score: { readonly mean: number | null; readonly sd: number | null; readonly seeds: number };
      }[];
    }[];
  }[];
}

/** @returns its id */
export async function noiseStudy(
  client: TesseraClient,
  options: LabelsOptions,
  dataset: ReaderDataset,
): Promise<string> {
  const { seed, items, size, epochs, seeds } = options;
  const { truthId, splitId } = dataset;
  const study = await ensureNoiseStudy(client, {
    projectName,
    name: `Is it the labels? world ${seed}, ${items} items, ${size} px, ${epochs} epochs`,
    question: "How much label noise does a classifier bear, and does another loss bear more?",
    labelVersionId: truthId,
    splitId,
    base: smallClassifier(options),
    methods: [
      { name: "cross entropy", changes: {} },
      { name: "generalised", changes: { loss: { name: "generalizedCrossEntropy", q: 0.7 } } },
    ],
    noises: [{ model: { kind: "symmetric" }, trainingLevels: noiseLevels, evaluationLevels: [noiseLevels[0]] }],
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    equivalenceMargin: 0.02,
  });
  return study.id;
}

/** @throws DomainError UNAVAILABLE where a run, a version or a scoring failed */
export async function boardAtEnd(client: TesseraClient, experimentId: string): Promise<NoiseBoard> {
  await followNoiseStudy(client, experimentId);
  const document = `query ($id: UUID!) { experiment(id: $id) { noiseStudy { verdict notes versions { level labelVersionId }
    noises { curves { method points { level x score { mean sd seeds } } } } } } }`;
  const answer = await client.query<{ experiment: { noiseStudy: NoiseBoard } }>(document, { id: experimentId });
  return answer.experiment.noiseStudy;
}

export function curveLines({ noises, verdict, notes }: NoiseBoard): string[] {
  const digits = (value: number | null) => (value === null ? "–" : value.toFixed(3));
  const curves = noises.flatMap((noise) => noise.curves);
  const [first] = curves;
  const heads = (first?.points ?? []).map(({ level, x }) => `${100 * level} % drawn, ${digits(x)} wrong`.padEnd(22));
  const width = Math.max(...curves.map(({ method }) => method.length));
  return [
    "Test AUC on the true labels, by the share of training labels that are drawn anew, and that are wrong then",
    `  ${"".padEnd(width)}  ${heads.join("  ")}`,
    ...curves.map(({ method, points }) => {
      const scores = points.map(({ score }) => `${digits(score.mean)} ± ${digits(score.sd)} SD`.padEnd(22));
      return `  ${method.padEnd(width)}  ${scores.join("  ")}`;
    }),
    `  ${verdict}`,
    ...notes.map((note) => `  ${note}`),
  ];
}
