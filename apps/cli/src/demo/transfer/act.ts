/** @file Does pretraining help? Domains of graded distance, a chain of pretrainings, and one transfer study on the target. */
import { TesseraClient } from "@tessera/client/client";
import type { TransferDomain } from "@tessera/synthetic/domains";
import type { Platform } from "../../platform.ts";
import { say } from "../../terminal.ts";
import type { TransferOptions } from "../options.ts";
import { followRuns } from "../weights/follow.ts";
import { boardLines, readBoard } from "./board.ts";
import { domainDataset } from "./datasets.ts";
import { type Pretraining, pretraining, transferStudy } from "./experiments.ts";
import { jsonLine } from "./result.ts";

/** Returns the JSON line. */
export async function studyTransfer(
  platform: Pick<Platform, "url" | "apiUrl" | "signIn">,
  options: TransferOptions,
): Promise<string> {
  const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
  const hop = async (domain: TransferDomain, name: string, from: Pretraining | null) =>
    pretraining(client, options, await domainDataset(client, options, domain), { name, from });

  // Each hop is queued when its data are there: it trains while those of the next are drawn and sent.
  const shapes = await hop("shapes", "shapes", null);
  const natural = await hop("natural", "natural-like images, from shapes", shapes);
  const chain = await hop("endoscopy", "endoscopy-like images, from natural-like ones", natural);
  const domain = await hop("endoscopy", "endoscopy-like images, from random weights", null);
  const target = await domainDataset(client, options, "target");
  const study = await transferStudy(client, options, target, { domain, chain });
  say(`Transfer study: ${platform.url}/experiments/${study}`);

  const hops = [shapes, natural, chain, domain].map(({ experimentId }) => experimentId);
  await followRuns(client, [...hops, study], () => say("First live point"));
  const board = await readBoard(client, study);
  if (options.planted === "none")
    say("The labels of the pretraining's domains are noise: nothing could be learnt of the task");
  for (const line of boardLines(board)) console.error(line);
  return jsonLine(board);
}
