/** @file Noise studies from a script: one call starts or grows a study, another follows it to its end. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { type ExperimentRef, ensureExperimentBy, requeueBroken } from "./experiments.ts";
import { Bar } from "./terminal.ts";

/** By its name: what it lacks is added, and what failed of it tried again. @param input of createNoiseStudy */
export async function ensureNoiseStudy(
  client: TesseraClient,
  input: { name: string } & Record<string, unknown>,
): Promise<ExperimentRef> {
  const study = await ensureExperimentBy(client, "createNoiseStudy", "CreateNoiseStudyInput", input);
  await requeueBroken(client, study.runs);
  return study;
}

interface Progress {
  readonly versions: number;
  readonly versionsMade: number;
  readonly runs: number;
  readonly runsSucceeded: number;
  readonly runsFailed: number;
  readonly scorings: number;
  readonly scoringsDone: number;
  readonly isOver: boolean;
}

interface Answer {
  readonly experiment: {
    readonly noiseStudy: { readonly progress: Progress; readonly versions: { text: string; error: string | null }[] };
    readonly runs: { arm: string; seed: number; state: string; phase: string; error: string | null }[];
  };
}

const document = `query ($id: UUID!) { experiment(id: $id) {
  noiseStudy { progress { versions versionsMade runs runsSucceeded runsFailed scorings scoringsDone isOver } versions { text error } }
  runs { arm seed state phase error } } }`;

/** Until every version is made, every run trained and scored on all. @throws DomainError UNAVAILABLE where one of them failed */
export async function followNoiseStudy(client: TesseraClient, id: string): Promise<void> {
  const bar = new Bar();
  for (;;) {
    const { experiment } = await client.query<Answer>(document, { id });
    const { progress, versions } = experiment.noiseStudy;
    const current = experiment.runs.find(({ state }) => state === "RUNNING");
    const counts = `${progress.versionsMade} of ${progress.versions} label versions, ${progress.runsSucceeded} of ${progress.runs} runs, ${progress.scoringsDone} of ${progress.scorings} scorings`;
    const done = progress.versionsMade + progress.runsSucceeded + progress.scoringsDone;
    const all = progress.versions + progress.runs + progress.scorings;
    bar.show(
      counts,
      done,
      all,
      current ? `· ${current.arm}, seed ${current.seed}: ${current.phase || "starting"}` : "",
    );
    if (progress.isOver || progress.runsFailed > 0) {
      bar.end();
      if (done === all) return;
      const run = experiment.runs.find(({ error }) => error !== null);
      const version = versions.find(({ error }) => error !== null);
      const why = version
        ? `label version "${version.text}": ${version.error}`
        : run
          ? `run "${run.arm}", seed ${run.seed}: ${run.error}`
          : "see its board";
      throw new DomainError("UNAVAILABLE", `The noise study has not come to its end: ${why}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
