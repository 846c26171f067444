/** @file `npm run demo`: the way of one question through the product, on this machine. */
import { TesseraClient } from "@tessera/client/client";
import { type Platform, startPlatform } from "../platform.ts";
import { readSettings } from "../settings.ts";
import { interrupted, say, untilStopped } from "../terminal.ts";
import { comparison, pretraining } from "./experiments.ts";
import { followRuns } from "./follow.ts";
import { type DemoOptions, readDemoOptions, usage } from "./options.ts";
import { jsonLine, readComparison, sentences } from "./result.ts";
import { pretrainingDataset, targetDataset } from "./worlds.ts";

export async function run(args: string[]): Promise<void> {
  const options = readDemoOptions(args);
  if (!options) return console.log(usage);
  const settings = readSettings();
  const stopped = interrupted();
  const platform = await startPlatform(settings, say);
  say(`Dashboard: ${platform.url} (sign in as ${platform.signIn.email}, password ${platform.signIn.password})`);
  const job = mainJob(platform, options, platform.workers[0]!.threads);
  const outcome = await Promise.race([
    job.then((line) => ({ line })),
    Promise.race([stopped, platform.broken]).then((why) => ({ why })),
  ]).catch(async (error: unknown) => {
    if (!options.exit) return { why: error }; // the dashboard stays up to show what went wrong
    await platform.stop();
    throw error;
  });
  if ("line" in outcome) {
    if (!options.exit) return untilStopped(platform, stopped);
    await platform.stop();
    process.stdout.write(`${outcome.line}\n`, () => process.exit(0));
    return;
  }
  if (outcome.why instanceof Error) {
    console.error(`\n  ${outcome.why.message}\n`);
    return untilStopped(platform, stopped);
  }
  say(outcome.why === "interrupted" ? "Stopping" : String(outcome.why));
  await platform.stop();
  process.exit(outcome.why === "interrupted" ? 130 : 1);
}

/** Returns the JSON line. */
async function mainJob(platform: Platform, options: DemoOptions, threads: number): Promise<string> {
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
