/**
 * @file How much do wrong outlines and missed lesions in training cost on Kvasir-SEG, and what do noisy test masks hide? The figures are
 * the noise board's own. The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- kvasir-noise      needs ../shared/data/kvasir-seg, or KVASIR_SEG
 */
import type { Bench } from "../main.ts";
import { type NoiseStudyDesign, type OnKvasir, readDesign } from "../study/design.ts";
import { printNoiseBoard, readNoiseBoard } from "../study/noiseBoard.ts";
import { runStudy } from "../study/run.ts";
import { kvasirSeg } from "../study/sets.ts";

export const bench: Bench = {
  about:
    "a study: moved outlines and dropped lesions in training, scored on clean and noisy masks of Kvasir-SEG, 3 seeds",
  run() {
    const design = readDesign<NoiseStudyDesign & OnKvasir>(import.meta.url);
    const started = Date.now();
    return runStudy("kvasir-noise", design, kvasirSeg(design.items), async ({ client, experimentId, url, seconds }) => {
      const board = await readNoiseBoard(client, experimentId);
      printNoiseBoard(board);
      console.error(`· ${url}`);
      const wallSeconds = Math.round((Date.now() - started) / 1000);
      return { fold: "test", board, trainingSeconds: Math.round(seconds), wallSecondsOfThisCall: wallSeconds };
    });
  },
};
