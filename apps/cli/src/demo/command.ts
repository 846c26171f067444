/** @file `npm run demo`: the way of one question through the product, on this machine. */
import { availableParallelism } from "node:os";
import { type Platform, startPlatform } from "../platform.ts";
import { readSettings, type Settings } from "../settings.ts";
import { interrupted, say, untilStopped } from "../terminal.ts";
import { scorePlantedErrors } from "./dice/act.ts";
import { readPlantedReaders } from "./labels/act.ts";
import { type DemoOptions, readDemoOptions, usage } from "./options.ts";
import { climbPoolings } from "./slides/act.ts";
import { studyTransfer } from "./transfer/act.ts";
import { compareWeights } from "./weights/act.ts";

export async function run(args: string[]): Promise<void> {
  const options = readDemoOptions(args);
  if (!options) return console.log(usage);
  const settings = settingsFor(options);
  const stopped = interrupted();
  const platform = await startPlatform(settings, say);
  say(`Dashboard: ${platform.url} (sign in as ${platform.signIn.email}, password ${platform.signIn.password})`);
  const job = answer(platform, options);
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

function answer(platform: Platform, options: DemoOptions): Promise<string> {
  if (options.question === "dice") return scorePlantedErrors(platform, options);
  if (options.question === "transfer") return studyTransfer(platform, options);
  if (options.question === "slides") return climbPoolings(platform, options);
  return options.question === "labels" ? readPlantedReaders(platform, options) : compareWeights(platform, options);
}

/** Many small trainings: a thread gains little from another beside it, so each core gets a worker of its own. */
function settingsFor({ question }: DemoOptions): Settings {
  if (question === "weights" || question === "dice") return readSettings();
  return readSettings({
    TESSERA_WORKERS: String(Math.min(4, availableParallelism())),
    TESSERA_THREADS: "1",
    ...process.env,
  });
}
