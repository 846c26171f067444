/** @file The main job: pretraining on another domain, then two starting weights compared on the test fold. */
import { TesseraClient } from "@tessera/client/client";
import type { Platform } from "../../platform.ts";
import { say } from "../../terminal.ts";
import type { WeightsOptions } from "../options.ts";
import { comparison, pretraining } from "./experiments.ts";
import { followRuns } from "./follow.ts";
import { jsonLine, readComparison, sentences } from "./result.ts";
import { pretrainingDataset, targetDataset } from "./worlds.ts";

/** Returns the JSON line. */
export async function compareWeights(platform: Platform, options: WeightsOptions): Promise<string> {
  const { threads } = platform.workers[0]!;
  const startedAt = Number(process.env.TESSERA_STARTED_AT ?? Date.now());
  const seconds = () => Number(((Date.now() - startedAt) / 1000).toFixed(1));
  const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });

  // The pretraining starts while the target's files are still being sent: its first point comes sooner.
  const first = await pretraining(client, options, await pretrainingDataset(client, options), threads);
  const pretrained = first.runs[0]!.id;
  const second = await comparison(client, options, await targetDataset(client, options), pretrained, threads);
  say(`Experiment: ${platform.url}/experiments/${second.id}`);

  let secondsToFirstPoint = 0;
  const runs = await followRuns(client, [first.id, second.id], () => {
    secondsToFirstPoint = seconds();
    say(`First live point after ${secondsToFirstPoint} s`);
  });
  const result = await readComparison(client, second.id);
  for (const line of sentences(result)) console.error(line);
  return jsonLine(result, {
    runs: runs.length,
    secondsToFirstPoint,
    secondsTotal: seconds(),
    url: `${platform.url}/experiments/${second.id}`,
  });
}
