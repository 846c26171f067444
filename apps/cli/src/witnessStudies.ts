/** @file Witness studies from a script: one call starts or grows a study, another follows it to its end. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { type ExperimentRef, ensureExperimentBy, requeueBroken } from "./experiments.ts";
import { Bar } from "./terminal.ts";

/** By its name: what it lacks is added, and what failed of it tried again. @param input of createWitnessStudy */
export async function ensureWitnessStudy(
  client: TesseraClient,
  input: { name: string } & Record<string, unknown>,
): Promise<ExperimentRef> {
  const study = await ensureExperimentBy(client, "createWitnessStudy", "CreateWitnessStudyInput", input);
  await requeueBroken(client, study.runs);
  return study;
}

interface Answer {
  readonly experiment: {
    readonly witnessStudy: {
      readonly progress: {
        readonly rates: number;
        readonly ratesMade: number;
        readonly ratesFailed: number;
        readonly runs: number;
        readonly runsSucceeded: number;
        readonly runsFailed: number;
      };
      readonly rates: readonly { rate: number; state: string; total: number; done: number; error: string | null }[];
    };
    readonly runs: readonly { arm: string; seed: number; state: string; phase: string; error: string | null }[];
  };
}

const document = `query ($id: UUID!) { experiment(id: $id) {
  witnessStudy { progress { rates ratesMade ratesFailed runs runsSucceeded runsFailed } rates { rate state total done error } }
  runs { arm seed state phase error } } }`;

/** Until the bags of every rate are composed and every run has ended. @throws DomainError UNAVAILABLE where one of them failed */
export async function followWitnessStudy(client: TesseraClient, id: string): Promise<void> {
  const bar = new Bar();
  for (;;) {
    const { experiment } = await client.query<Answer>(document, { id });
    const { progress, rates } = experiment.witnessStudy;
    const composing = rates.find(({ state }) => state === "RUNNING");
    const training = experiment.runs.find(({ state }) => state === "RUNNING");
    const bags = composing ? ` · ${composing.done} of ${composing.total} bags` : "";
    const counts = `bags of ${progress.ratesMade} of ${progress.rates} rates${bags}, ${progress.runsSucceeded} of ${progress.runs} runs`;
    const now = training ? `· ${training.arm}, seed ${training.seed}: ${training.phase || "starting"}` : "";
    bar.show(counts, progress.ratesMade + progress.runsSucceeded, progress.rates + progress.runs, now);
    if (progress.runsSucceeded === progress.runs || progress.ratesFailed + progress.runsFailed > 0) {
      bar.end();
      if (progress.runsSucceeded === progress.runs) return;
      const why = rates.find(({ error }) => error !== null)?.error ?? experiment.runs.find(({ error }) => error)?.error;
      throw new DomainError("UNAVAILABLE", `The witness study has not come to its end: ${why ?? "see its board"}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
