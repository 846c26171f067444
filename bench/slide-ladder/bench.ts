/**
 * @file The ladder of poolings on synthetic slides with planted tumours, through the product: slides are imported, cut into tiles, encoded by an
 * ImageNet MobileNet and cross-validated. At 0.5 % witness tiles, and at a rate where the tumour is easier to find. The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- slide-ladder      needs ../shared/data/imagenet-mobilenet, or IMAGENET_MOBILENET (its folder float32)
 *
 * How far the features themselves tell a planted tile is measured beside it, without any pooling (tileSignal.ts).
 */
import { join, resolve } from "node:path";
import { followRuns } from "@tessera/cli/demo/weights/follow";
import { ensureExperimentBy, requeueBroken } from "@tessera/cli/experiments";
import { say } from "@tessera/cli/terminal";
import { ensureWeights } from "@tessera/cli/weights/importWeights";
import { TesseraClient } from "@tessera/client/client";
import type { Bench } from "../main.ts";
import { type ArmsDesign, readDesign, type TransferDesign } from "../study/design.ts";
import { configurationOf, onPlatform, projectName, secondsOf } from "../study/run.ts";
import { slideBags } from "./bags.ts";
import { type RungScore, readScores } from "./scores.ts";
import { type SlideRules, slideSet } from "./slides.ts";
import { tileSignal } from "./tileSignal.ts";

interface Design extends Omit<ArmsDesign, "seeds"> {
  readonly slides: SlideRules;
  readonly witnessRates: readonly number[];
  readonly tiles: Readonly<Record<string, unknown>>;
  readonly weights: TransferDesign["weights"];
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
}

export const bench: Bench = {
  about: "synthetic slides with planted tumours at 0.5 % and 5 % of their tiles: four poolings of MobileNet features",
  async run() {
    const design = readDesign<Design>(import.meta.url);
    const started = Date.now();
    const base = configurationOf(design.base);
    const sets: (Awaited<ReturnType<typeof slideSet>> & { readonly rate: number })[] = [];
    for (const rate of design.witnessRates) sets.push({ rate, ...(await slideSet(design.slides, rate)) });
    return onPlatform("slide-ladder", { workers: design.workers, base }, async (platform) => {
      const server = { url: platform.apiUrl, token: platform.signIn.token };
      const client = new TesseraClient(server);
      const { name, source, variable, folder, file } = design.weights;
      const stem = join(resolve(process.env[variable] ?? folder), file);
      const files = { weightsPath: `${stem}.safetensors`, graphPath: `${stem}.graph.json` };
      const weightsId = await ensureWeights(client, { name, source, ...files });
      const ladders = [];
      for (const set of sets) {
        const text = `${100 * set.rate} % witnesses`;
        const bags = await slideBags(
          client,
          { name: `Synthetic slides, ${text}`, folder: set.folder },
          { rule: design.tiles, weightsId },
        );
        const { question, arms, folds, repeats, seed, equivalenceMargin } = design;
        const experiment = await ensureExperimentBy(client, "createCrossValidation", "CreateCrossValidationInput", {
          ...{ projectName, name: `${design.name} ${text}`, question, labelVersionId: bags.labelVersionId },
          ...{ base, arms, folds, repeats, seed, equivalenceMargin },
        });
        await requeueBroken(client, experiment.runs);
        const url = `${platform.url}/experiments/${experiment.id}?tab=folds`;
        say(`${text}: ${url} (sign in as ${platform.signIn.email}, password ${platform.signIn.password})`);
        ladders.push({ ...set, text, bags, url, id: experiment.id });
      }
      const ids = ladders.map(({ id }) => id);
      await followRuns(client, ids, () => undefined);
      const results = [];
      for (const { rate, text, bags, id, truths } of ladders) {
        const signal = await tileSignal(bags, truths, design.slides.cell, server);
        const scores = await readScores(client, id, design.arms);
        const percent = (100 * signal.meanRate).toFixed(2);
        console.error(
          `· ${text} asked, ${percent} % planted: single tiles have an AUC of ${signal.auc?.toFixed(3)} (${signal.tumourTiles} of ${signal.tiles} tiles)`,
        );
        for (const score of scores) console.error(`  ${lineOf(score)}`);
        const { tiles, seconds } = bags;
        const trainingSeconds = Math.round(await secondsOf(client, id));
        results.push({ witnessRate: rate, signal, scores, tiles, seconds, trainingSeconds });
      }
      return {
        slides: design.slides,
        ladders: results,
        wallSecondsOfThisCall: Math.round((Date.now() - started) / 1000),
      };
    });
  },
};

const digits = (value: number | null) => value?.toFixed(3) ?? "–";

function lineOf({ arm, mean, sd, n, perRepeat, difference }: RungScore): string {
  const against =
    difference === null
      ? ""
      : `; against the first ${digits(difference.estimate)} (${digits(difference.low)} to ${digits(difference.high)}), ${difference.verdict?.toLowerCase() ?? "no verdict"}`;
  return `${arm}: AUC ${digits(mean)}, SD over ${perRepeat.length} repeats ${digits(sd)}, n = ${n} slides${against}`;
}
