/**
 * @file Does ImageNet help on chest x-rays? Random weights, ImageNet's MobileNet and its weight statistics alone on 5, 25 and 100 % of
 * PneumoniaMNIST's training fold, official test rows, 5 seeds. The verdicts are the transfer board's own. The design is the file beside
 * this one; a second call continues it.
 *
 *   npm run bench -- pneumonia-transfer      needs ../shared/data/pneumoniamnist, or PNEUMONIAMNIST,
 *                                            and ../shared/data/imagenet-mobilenet, or IMAGENET_MOBILENET
 *
 * Images of 28 px are enlarged to 96, so that the net's five halvings leave more than one pixel. Every arm and fraction has the same
 * budget of 600 updates.
 */
import { boardLines, readBoard } from "@tessera/cli/demo/transfer/board";
import type { Bench } from "../main.ts";
import { readDesign, type TransferDesign } from "../study/design.ts";
import { runStudy } from "../study/run.ts";
import { pneumoniaMnist } from "../study/sets.ts";

export const bench: Bench = {
  about: "a study: random, ImageNet and statistics-only MobileNets on 5, 25 and 100 % of PneumoniaMNIST",
  run() {
    const design = readDesign<TransferDesign>(import.meta.url);
    return runStudy("pneumonia-transfer", design, pneumoniaMnist, async ({ client, experimentId, url, seconds }) => {
      const board = await readBoard(client, experimentId);
      for (const line of boardLines(board)) console.error(line);
      console.error(`· ${url}`);
      return { fold: "test", board, trainingSeconds: Math.round(seconds) };
    });
  },
};
