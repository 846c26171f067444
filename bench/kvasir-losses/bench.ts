/**
 * @file Which loss trains a small U-Net best on Kvasir-SEG? The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- kvasir-losses      needs ../shared/data/kvasir-seg, or KVASIR_SEG
 */
import type { Bench } from "../main.ts";
import { type ArmsDesign, type OnKvasir, readDesign } from "../study/design.ts";
import { printStudy } from "../study/print.ts";
import { reportStudy } from "../study/report.ts";
import { runStudy } from "../study/run.ts";
import { kvasirSeg } from "../study/sets.ts";

export const bench: Bench = {
  about: "a study: Dice, Dice + cross entropy and focal Tversky on Kvasir-SEG, by size, 5 seeds",
  async run() {
    const design = readDesign<ArmsDesign & OnKvasir>(import.meta.url);
    return runStudy("kvasir-losses", design, kvasirSeg(design.items), async (study) => {
      const answer = await reportStudy(study, design);
      printStudy(answer);
      return answer;
    });
  },
};
