/** @file The demo's question as experiments: a pretraining for each hop, and the transfer study that starts from them. */
import type { TesseraClient } from "@tessera/client/client";
import type { StartingWeights } from "@tessera/domain/configuration/training";
import { ensureExperiment, ensureTransferStudy } from "../../experiments.ts";
import type { TransferOptions } from "../options.ts";
import { projectName, type ReadyDataset } from "../readyDataset.ts";
import { smallClassifier } from "../smallClassifier.ts";

/** 0.05 is where pretraining is said to matter; at 1 its gain should shrink. */
export const fractions = [0.05, 1] as const;
export const funnel = "funnel";

export interface Pretraining {
  readonly experimentId: string;
  readonly runId: string;
}

/** One run. @param from the run of the hop before; null: random weights */
export async function pretraining(
  client: TesseraClient,
  options: TransferOptions,
  data: ReadyDataset,
  hop: { readonly name: string; readonly from: Pretraining | null },
): Promise<Pretraining> {
  const { id, runs } = await ensureExperiment(client, {
    ...data,
    projectName,
    name: `Pretraining on ${hop.name}, ${describe(options)}`,
    question: "Gives weights that arms of the transfer study start from",
    base: { ...smallClassifier(options), epochs: Math.ceil(options.epochs / 2) }, // enough for each of these domains
    arms: [{ name: hop.name, changes: hop.from === null ? {} : { startingWeights: encoderOf(hop.from) } }],
    seeds: [options.seed],
    equivalenceMargin: null,
  });
  return { experimentId: id, runId: runs[0]!.id };
}

const encoderOf = ({ runId }: Pretraining) => ({ kind: "run", runId, part: "encoder" }) as const;

/** @returns its id */
export async function transferStudy(
  client: TesseraClient,
  options: TransferOptions,
  data: ReadyDataset,
  { domain, chain }: { readonly domain: Pretraining; readonly chain: Pretraining },
): Promise<string> {
  const { part, ...source } = encoderOf(chain);
  const arms: readonly { readonly name: string; readonly startingWeights: StartingWeights }[] = [
    { name: "random", startingWeights: { kind: "random" } },
    { name: "domain", startingWeights: encoderOf(domain) },
    { name: funnel, startingWeights: encoderOf(chain) },
    { name: "statistics", startingWeights: { kind: "statistics", of: source, part } },
  ];
  const input = {
    ...data,
    projectName,
    name: `Does pretraining help? ${describe(options)}`,
    question: "Does a chain of ever closer domains beat random weights here, with few items and with all?",
    base: smallClassifier(options),
    arms,
    fractions,
    seeds: Array.from({ length: options.seeds }, (_, index) => index + 1),
    equivalenceMargin: 0.02,
  };
  const study = await ensureTransferStudy(client, input);
  return study.id;
}

/** The number of seeds is not in it: more of them are more runs of the same study. */
function describe({ seed, items, size, epochs, planted }: TransferOptions): string {
  const noise = planted === "none" ? ", pretraining on noise labels" : "";
  return `world ${seed}, ${items} items, ${size} px, ${epochs} epochs${noise}`;
}
