/** @file Which pooling finds the few tiles that tell? A ladder of poolings on bags with planted witnesses, on the same folds. */
import { TesseraClient } from "@tessera/client/client";
import type { Platform } from "../../platform.ts";
import { say } from "../../terminal.ts";
import type { SlidesOptions } from "../options.ts";
import { followRuns } from "../weights/follow.ts";
import { bagDataset } from "./dataset.ts";
import { poolingLadder } from "./ladder.ts";
import { jsonLine, ladderLines, readLadder } from "./result.ts";

/** Returns the JSON line. */
export async function climbPoolings(
  platform: Pick<Platform, "url" | "apiUrl" | "signIn">,
  options: SlidesOptions,
): Promise<string> {
  const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
  say("The tiles' features are synthetic: no slide is read, and what tells is planted");
  const ladder = await poolingLadder(client, options, await bagDataset(client, options));
  say(`Ladder of poolings: ${platform.url}/experiments/${ladder}`);
  await followRuns(client, [ladder], () => say("First live point"));
  const scores = await readLadder(client, ladder);
  for (const line of ladderLines(scores)) console.error(line);
  return jsonLine(scores);
}
