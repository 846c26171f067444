/**
 * @file What do depth and skip connections buy? A U-Net study on Kvasir-SEG, by the mutation that the dashboard's form uses. The
 * design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- skips      needs ../shared/data/kvasir-seg, or KVASIR_SEG
 */
import type { Bench } from "../main.ts";
import { type GridDesign, type OnKvasir, readDesign } from "../study/design.ts";
import { metricsOf } from "../study/metrics.ts";
import { runStudy } from "../study/run.ts";
import { kvasirSeg } from "../study/sets.ts";
import { effectsOf, printEffects } from "./effects.ts";

export const bench: Bench = {
  about: "a study: what reduction and skip connections buy a U-Net on Kvasir-SEG, 5 seeds",
  async run() {
    const design = readDesign<GridDesign & OnKvasir>(import.meta.url);
    return runStudy("skips", design, kvasirSeg(design.items), async ({ client, experimentId, seconds }) => {
      const metrics = await metricsOf(client, experimentId); // waits until all is measured
      const effects = await effectsOf(client, experimentId);
      printEffects(effects);
      return { fold: "test", effects, metrics: Object.fromEntries(metrics), trainingSeconds: Math.round(seconds) };
    });
  },
};
