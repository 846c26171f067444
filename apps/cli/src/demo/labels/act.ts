/** @file Is it the labels? Planted readers go through the product as a team's do; what it says of them is held against what was planted. */
import { TesseraClient } from "@tessera/client/client";
import { plantedChain } from "@tessera/synthetic/classReaders";
import { jointStates } from "@tessera/synthetic/readerTruth";
import type { Platform } from "../../platform.ts";
import { say } from "../../terminal.ts";
import type { LabelsOptions } from "../options.ts";
import { agreementFigures } from "./agreement.ts";
import { keptFigure, prevalence, routeFigures, ruleFigures } from "./chainFigures.ts";
import { readerDataset } from "./dataset.ts";
import { type Figure, figureLines, jsonLine } from "./figure.ts";
import { boardAtEnd, curveLines, noiseLevels, noiseStudy } from "./study.ts";
import { labelVersionsBy } from "./versions.ts";

const people = plantedChain.filter(({ kind }) => kind === "person").map(({ name }) => name);

/** Returns the JSON line. */
export async function readPlantedReaders(
  platform: Pick<Platform, "url" | "apiUrl" | "signIn">,
  options: LabelsOptions,
): Promise<string> {
  const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
  const dataset = await readerDataset(client, options);
  say(`Readers and versions: ${platform.url}/datasets/${dataset.id}`);
  const study = await noiseStudy(client, options, dataset); // trains while the rest is read
  say(`Noise study: ${platform.url}/experiments/${study}`);

  const wish = { datasetId: dataset.id, schemaId: dataset.schemaId, fromVersionId: null };
  const [majority, dawidSkene] = await labelVersionsBy(client, [
    { ...wish, rule: { kind: "majority", readers: people, ties: "unknown" } },
    {
      ...wish,
      rule: { kind: "dawidSkene", readers: people, iterations: 200, tolerance: 1e-6, pseudoCount: 0.01 },
    },
  ]);
  const route = await routeFigures(client, dataset);
  const figures: Figure[] = [
    ...(await agreementFigures(client, dataset, people, jointStates(plantedChain, prevalence))),
    ...route.figures,
    ...(await ruleFigures(client, dataset, people, { majority: majority!, dawidSkene: dawidSkene! })),
  ];
  const board = await boardAtEnd(client, study);
  for (const level of noiseLevels) {
    const versionId = board.versions.find((version) => version.level === level)!.labelVersionId!;
    const name = `labels kept where ${100 * level} % are drawn anew`;
    figures.push(await keptFigure(client, dataset, { name, versionId, truth: 1 - level / 2 }));
  }

  console.error("What was planted in the labels, and what the product says of it");
  for (const line of figureLines(figures)) console.error(line);
  console.error(`  ${route.board.fixFirstText}`);
  if (route.board.againstDirect) console.error(`  ${route.board.againstDirect.text}`);
  for (const line of curveLines(board)) console.error(line);
  return jsonLine(figures);
}
