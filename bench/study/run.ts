/**
 * @file A study, run through the product as a researcher would: import, one experiment, all its runs, its boards.
 *
 * It has a home of its own (.tessera/bench-NAME, or TESSERA_HOME), so that a second call after a stop continues where the first one
 * was, and `TESSERA_HOME=… npm start` shows its boards.
 */
import { join } from "node:path";
import { followRuns } from "@tessera/cli/demo/weights/follow";
import { ensureExperiment, ensureTransferStudy, requeueBroken } from "@tessera/cli/experiments";
import { ensureNoiseStudy, followNoiseStudy } from "@tessera/cli/noiseStudies";
import { type Platform, startPlatform } from "@tessera/cli/platform";
import { readSettings } from "@tessera/cli/settings";
import { say } from "@tessera/cli/terminal";
import { ensureWitnessStudy, followWitnessStudy } from "@tessera/cli/witnessStudies";
import { TesseraClient } from "@tessera/client/client";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { withChanges } from "@tessera/domain/configuration/grid";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import { parseRun, type RunConfiguration } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type {
  ArmsDesign,
  GridDesign,
  NoiseStudyDesign,
  StudyDesign,
  TransferDesign,
  WitnessStudyDesign,
} from "./design.ts";
import { directoryOf, ensureSet, type StudySet } from "./sets.ts";
import { withWeights } from "./weights.ts";

export const projectName = "Studies";

export interface Study {
  readonly client: TesseraClient;
  readonly experimentId: string;
  /** Of its page in the dashboard, which runs until the bench ends. */
  readonly url: string;
  /** Training and scoring of all its runs, of this call and of earlier ones. */
  readonly seconds: number;
}

type AnyDesign = ArmsDesign | GridDesign | TransferDesign | NoiseStudyDesign | WitnessStudyDesign;

/** Runs what is missing of the study, then `read`s its answer. @throws Error where the data set's folder is not there */
export async function runStudy<T>(
  bench: string,
  design: AnyDesign,
  set: StudySet,
  read: (study: Study) => Promise<T>,
): Promise<T> {
  const directory = directoryOf(set);
  const base = configurationOf(design.base);
  return onPlatform(bench, { ...design, base }, async (platform) => {
    const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
    const data = await ensureSet(client, projectName, set, directory);
    const { name, question, seeds, equivalenceMargin } = design;
    const common = { ...data, projectName, name, question, base, seeds, equivalenceMargin };
    const id = await ensureRuns(client, design, common);
    const url = `${platform.url}/experiments/${id}`;
    say(`Experiment: ${url} (sign in as ${platform.signIn.email}, password ${platform.signIn.password})`);
    if ("noises" in design) await followNoiseStudy(client, id);
    else if ("rates" in design) await followWitnessStudy(client, id);
    else await followRuns(client, [id], () => undefined);
    return read({ client, experimentId: id, url, seconds: await secondsOf(client, id) });
  });
}

/** The product with a home of the bench's own, until `use` ends. */
export async function onPlatform<T>(
  bench: string,
  { workers, base }: { readonly workers: number; readonly base: RunConfiguration },
  use: (platform: Platform) => Promise<T>,
): Promise<T> {
  const settings = readSettings({
    TESSERA_HOME: join(".tessera", `bench-${bench}`),
    TESSERA_WORKERS: String(workers),
    TESSERA_THREADS: String(base.threads),
    ...process.env,
  });
  const platform = await startPlatform(settings, say);
  try {
    return await use(platform);
  } finally {
    await platform.stop();
  }
}

/** The default configuration of its task with the design's base laid over it; a model of another family has its own fields alone. */
export function configurationOf(base: StudyDesign["base"]): RunConfiguration {
  const defaults =
    base.task === "mil" ? milDefaults : base.task === "classification" ? classificationDefaults : segmentationDefaults;
  const model = base.model as { readonly family?: string } | undefined;
  const other = model?.family !== undefined && model.family !== defaults.model.family;
  return parseRun(withChanges(other ? { ...defaults, model } : defaults, base));
}

async function ensureRuns(
  client: TesseraClient,
  design: AnyDesign,
  common: { readonly name: string } & Readonly<Record<string, unknown>>,
): Promise<string> {
  if ("depths" in design) {
    const { depths, skips, losses } = design;
    return ensureGrid(client, { ...common, depths, skips, losses });
  }
  if ("noises" in design) {
    const { methods, noises, noiseSeed } = design;
    return (await ensureNoiseStudy(client, { ...common, methods, noises, noiseSeed })).id;
  }
  if ("rates" in design) {
    const { poolings, rates, bags } = design;
    return (await ensureWitnessStudy(client, { ...common, poolings, rates, bags })).id;
  }
  if (!("fractions" in design)) return (await ensureExperiment(client, { ...common, arms: design.arms })).id;
  const arms = await withWeights(client, design);
  return (await ensureTransferStudy(client, { ...common, arms, fractions: design.fractions })).id;
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

export async function secondsOf(client: TesseraClient, id: string): Promise<number> {
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
