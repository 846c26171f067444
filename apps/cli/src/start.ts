/** @file `tessera start`: the product on this machine until Ctrl-C. */
import { startPlatform } from "./platform.ts";
import { readSettings } from "./settings.ts";
import { say, untilStopped } from "./terminal.ts";

export async function run(): Promise<void> {
  const platform = await startPlatform(readSettings(), say);
  await untilStopped(platform);
}
