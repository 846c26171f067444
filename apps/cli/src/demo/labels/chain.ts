/** @file Label chains of the demo's readers and versions, and what their boards say. Made once, found again later. */
import type { TesseraClient } from "@tessera/client/client";
import { patternNames } from "@tessera/synthetic/pattern";
import { projectName } from "../readyDataset.ts";
import type { ReaderDataset } from "./dataset.ts";

export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Matrix {
  readonly accuracy: Rate;
  /** [class before][class after] */
  readonly matrix: readonly (readonly Rate[])[];
}

export interface ChainBoard {
  readonly composed: Matrix;
  readonly direct: Matrix | null;
  readonly stages: readonly { readonly gain: Rate; readonly matrix: readonly (readonly Rate[])[] }[];
  readonly fixFirstText: string;
  readonly againstDirect: { readonly text: string } | null;
}

/** A reader's opinions, or the labels of a version. */
export type Side = { readonly reader: string } | { readonly labelVersionId: string };

export interface Stage {
  readonly kind: "READER" | "REPORT" | "NLP" | "LABEL";
  readonly before: Side;
  readonly after: Side;
}

export async function chainBoard(
  client: TesseraClient,
  dataset: ReaderDataset,
  name: string,
  stages: readonly Stage[],
): Promise<ChainBoard> {
  const counts = ({ before, after }: Pick<Stage, "before" | "after">) => ({
    versions: { schemaId: dataset.schemaId, before, after },
  });
  const [first, last] = [stages[0]!, stages.at(-1)!];
  const input = {
    projectName,
    name,
    classes: patternNames,
    stages: stages.map((stage) => ({ kind: stage.kind, counts: counts(stage) })),
    ...(stages.length > 1 && { direct: counts({ before: first.before, after: last.after }) }),
  };
  const rate = "{ value low high }";
  const document = `mutation ($input: CreateLabelChainInput!) { createLabelChain(input: $input) { board {
    composed { accuracy ${rate} matrix ${rate} } direct { accuracy ${rate} matrix ${rate} }
    stages { gain ${rate} matrix ${rate} } fixFirstText againstDirect { text } } } }`;
  type Answer = { createLabelChain: { board: ChainBoard } };
  return (await client.query<Answer>(document, { input })).createLabelChain.board;
}
