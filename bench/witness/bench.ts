/**
 * @file Down to which share of nines does a pooling find a bag of 200 digits? Bags composed at six witness rates by the product's own study; the figures
 * are its board's. The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- witness      needs ../shared/data/mnist-t10k, or MNIST_T10K
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Bench } from "../main.ts";
import { readDigits } from "../mnist-bags/bags.ts";
import { readDesign, type WitnessStudyDesign } from "../study/design.ts";
import { runStudy } from "../study/run.ts";
import { directoryOf } from "../study/sets.ts";
import { printWitnessBoard, readWitnessBoard } from "../study/witnessBoard.ts";
import { digitTable, type PoolRules } from "./digitTable.ts";

interface Design extends WitnessStudyDesign {
  readonly digits: PoolRules;
}

export const bench: Bench = {
  about: "a study: digits in bags of 200 at six witness rates, four poolings, 5 seeds",
  run() {
    const design = readDesign<Design>(import.meta.url);
    const started = Date.now();
    const set = {
      name: "MNIST digits, labelled one by one",
      variable: "WITNESS_DIGITS",
      folder: tableFolder(design.digits),
      reader: "MNIST's labels",
      modality: "OTHER" as const,
    };
    return runStudy("witness", design, set, async ({ client, experimentId, url, seconds }) => {
      const board = await readWitnessBoard(client, experimentId);
      printWitnessBoard(board);
      console.error(`· ${url}?tab=witness`);
      const wallSecondsOfThisCall = Math.round((Date.now() - started) / 1000);
      return { fold: "test", board, trainingSeconds: Math.round(seconds), wallSecondsOfThisCall };
    });
  },
};

/** Holds the table that the product imports; made once. */
function tableFolder(rules: PoolRules): string {
  const folder = resolve(".tessera", "witness-digits");
  if (existsSync(join(folder, "bags.csv"))) return folder;
  const from = directoryOf({ name: "MNIST's test set", variable: "MNIST_T10K", folder: "../shared/data/mnist-t10k" });
  const digits = readDigits(join(from, "t10k-images-idx3-ubyte.gz"), join(from, "t10k-labels-idx1-ubyte.gz"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bags.csv"), digitTable(digits, rules));
  return folder;
}
