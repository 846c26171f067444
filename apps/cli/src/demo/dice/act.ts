/** @file Is this Dice real? Planted errors go through the product as a foreign script's predictions do, and are read back. */
import { TesseraClient } from "@tessera/client/client";
import { plantedRegions } from "@tessera/synthetic/plantedRegions";
import { foldOfRank } from "@tessera/synthetic/plantedSet";
import type { Platform } from "../../platform.ts";
import { say } from "../../terminal.ts";
import type { DiceOptions } from "../options.ts";
import { readBoards } from "./boards.ts";
import { plantedDataset } from "./dataset.ts";
import { scoredForeignRuns } from "./foreignRuns.ts";
import { plantedTruth, predictors } from "./predictors.ts";
import { jsonLine, type PlantedTruths, sentences } from "./result.ts";

/** Returns the JSON line. */
export async function scorePlantedErrors(
  platform: Pick<Platform, "url" | "apiUrl" | "signIn">,
  options: DiceOptions,
): Promise<string> {
  const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
  const dataset = await plantedDataset(client, options);
  const regions = plantedRegions(options);
  const runIds = await scoredForeignRuns(client, options, dataset, regions);
  say(`Scores: ${platform.url}/scores?runs=${runIds.join(",")}`);

  const boards = await readBoards(client, runIds);
  const test = regions.filter(({ rank }) => foldOfRank(rank) === "test");
  const seeds = Array.from({ length: options.seeds }, (_, i) => i + 1);
  const truths = Object.fromEntries(
    predictors.map((predictor) => [predictor.key, plantedTruth(predictor, test, seeds)]),
  ) as unknown as PlantedTruths;
  for (const line of sentences(boards, truths, options.seeds)) console.error(line);
  return jsonLine(boards, truths);
}
