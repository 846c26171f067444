/**
 * @file A study on Kvasir-SEG, run through the product as a researcher would: import, one experiment, all its runs, its boards.
 *
 * It has a home of its own (.tessera/bench-NAME, or TESSERA_HOME), so that a second call after a stop continues where the first one
 * was, and `TESSERA_HOME=… npm start` shows its boards.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureDataset } from "@tessera/cli/datasets";
import { followRuns } from "@tessera/cli/demo/weights/follow";
import { ensureExperiment, requeueBroken } from "@tessera/cli/experiments";
import { importFolder } from "@tessera/cli/import/folder";
import { startPlatform } from "@tessera/cli/platform";
import { readSettings } from "@tessera/cli/settings";
import { Bar, say } from "@tessera/cli/terminal";
import { TesseraClient } from "@tessera/client/client";
import { withChanges } from "@tessera/domain/configuration/grid";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { ArmsDesign, GridDesign } from "./design.ts";

const projectName = "Studies";

export interface Study {
  readonly client: TesseraClient;
  readonly experimentId: string;
  /** Of its page in the dashboard, which runs until the bench ends. */
  readonly url: string;
  /** Training and scoring of all its runs, of this call and of earlier ones. */
  readonly seconds: number;
}

/** Runs what is missing of the study, then `read`s its answer. @throws Error where there is no Kvasir-SEG folder */
export async function runStudy<T>(
  bench: string,
  design: ArmsDesign | GridDesign,
  read: (study: Study) => Promise<T>,
): Promise<T> {
  const folder = resolve(process.env.KVASIR_SEG ?? "../shared/data/kvasir-seg");
  if (!existsSync(folder)) throw new Error(`${folder} does not exist: set KVASIR_SEG to a Kvasir-SEG folder`);
  const base = withChanges(segmentationDefaults, design.base) as typeof segmentationDefaults;
  const settings = readSettings({
    TESSERA_HOME: join(".tessera", `bench-${bench}`),
    TESSERA_WORKERS: String(design.workers),
    TESSERA_THREADS: String(base.threads),
    ...process.env,
  });
  const platform = await startPlatform(settings, say);
  try {
    const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
    const data = await kvasir(client, folder, design.items);
    const { name, question, seeds, equivalenceMargin } = design;
    const common = { ...data, projectName, name, question, base, seeds, equivalenceMargin };
    const id =
      "arms" in design
        ? (await ensureExperiment(client, { ...common, arms: design.arms })).id
        : await ensureGrid(client, { ...common, depths: design.depths, skips: design.skips, losses: design.losses });
    const url = `${platform.url}/experiments/${id}`;
    say(`Experiment: ${url} (sign in as ${platform.signIn.email}, password ${platform.signIn.password})`);
    await followRuns(client, [id], () => undefined);
    return await read({ client, experimentId: id, url, seconds: await secondsOf(client, id) });
  } finally {
    await platform.stop();
  }
}

/** The same grid under the same name is the same study: what failed of it is tried again. */
async function ensureGrid(client: TesseraClient, input: Readonly<Record<string, unknown>>): Promise<string> {
  type Answer = { createUNetStudy: { id: string; runs: { id: string; state: string }[] } };
  const { createUNetStudy } = await client.query<Answer>(
    "mutation ($input: CreateUNetStudyInput!) { createUNetStudy(input: $input) { id runs { id state } } }",
    { input },
  );
  await requeueBroken(client, createUNetStudy.runs);
  return createUNetStudy.id;
}

/** The official split; the dataset is made once and found again later. */
async function kvasir(client: TesseraClient, directory: string, items: number | null) {
  const name = items === null ? "Kvasir-SEG" : `Kvasir-SEG, ${items} items`;
  const { id, labelVersionId, splitId } = await ensureDataset(client, projectName, name);
  if (labelVersionId && splitId) return { labelVersionId, splitId };
  const bar = new Bar();
  const imported = await importFolder(client, {
    datasetId: id,
    directory,
    reader: "Kvasir-SEG annotators",
    ...(items !== null && { items }),
    onProgress: (label, done, total) => bar.show(label, done, total),
  });
  bar.end();
  return { labelVersionId: imported.labelVersionId, splitId: imported.splitId };
}

async function secondsOf(client: TesseraClient, id: string): Promise<number> {
  type Answer = { experiment: { runs: { attempts: { startedAt: string; endedAt: string | null }[] }[] } };
  const { experiment } = await client.query<Answer>(
    "query ($id: UUID!) { experiment(id: $id) { runs { attempts { startedAt endedAt } } } }",
    { id },
  );
  const attempts = experiment.runs.flatMap((run) => run.attempts);
  return attempts.reduce(
    (sum, { startedAt, endedAt }) => sum + (Date.parse(endedAt!) - Date.parse(startedAt)) / 1000,
    0,
  );
}
