/**
 * @file Random labels on a part of PneumoniaMNIST, after Zhang et al. 2017 (arXiv:1611.03530) and Arpit et al. 2017 (arXiv:1706.05394): are they
 * fitted in training, from which epoch on, and is the test fold, on true labels, at chance? The design is the file beside this one; a
 * second call continues it.
 *
 *   npm run bench -- memorisation      needs ../shared/data/pneumoniamnist, or PNEUMONIAMNIST
 *
 * One experiment per rate. Every training item's label is drawn anew with that chance among both classes; validation labels are as
 * noisy, so that at 100 % the choice of the epoch is a lot. A run learns from its seed's tenth of the rows: seeds differ in items too.
 */

import { tInterval } from "@tessera/analysis/studentT";
import { meanAndSd } from "@tessera/analysis/summary";
import { followRuns } from "@tessera/cli/demo/weights/follow";
import { ensureExperiment } from "@tessera/cli/experiments";
import { say } from "@tessera/cli/terminal";
import { TesseraClient } from "@tessera/client/client";
import { memorisationSeries as series } from "@tessera/domain/memorisation";
import type { Bench } from "../main.ts";
import { readDesign, type StudyDesign } from "../study/design.ts";
import { configurationOf, onPlatform, projectName, secondsOf } from "../study/run.ts";
import { directoryOf, ensureSet, pneumoniaMnist } from "../study/sets.ts";
import { ensureVersions } from "./versions.ts";

interface MemorisationDesign extends StudyDesign {
  /** Shares of the labels that are drawn anew. */
  readonly rates: readonly number[];
  /** Of the draw. */
  readonly noiseSeed: number;
}

interface Run {
  readonly seed: number;
  readonly points: readonly { readonly series: string; readonly values: readonly number[] }[];
  readonly evaluation: {
    readonly classification: {
      readonly n: number;
      readonly metrics: readonly { readonly metric: { readonly name: string }; readonly value: number | null }[];
    };
  };
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;

export const bench: Bench = {
  about: "PneumoniaMNIST with 0 / 20 / 40 / 100 % of its labels drawn at random: fitted in training, AUC in test",
  run() {
    const design = readDesign<MemorisationDesign>(import.meta.url);
    const base = configurationOf(design.base);
    return onPlatform("memorisation", { workers: design.workers, base }, async (platform) => {
      const client = new TesseraClient({ url: platform.apiUrl, token: platform.signIn.token });
      const { splitId } = await ensureSet(client, projectName, pneumoniaMnist, directoryOf(pneumoniaMnist));
      const versions = await ensureVersions(client, pneumoniaMnist.name, design);
      const { question, seeds, equivalenceMargin } = design;
      const started: string[] = [];
      for (const { rate, id } of versions.noisy) {
        const { id: experimentId } = await ensureExperiment(client, {
          projectName,
          name: `${design.name}: ${percent(rate)} drawn anew`,
          question,
          labelVersionId: id,
          evaluationLabelVersionId: versions.clean,
          splitId,
          base,
          arms: [{ name: "ResNet", changes: {} }],
          seeds,
          equivalenceMargin,
        });
        say(`${percent(rate)}: ${platform.url}/experiments/${experimentId}`);
        started.push(experimentId);
      }
      say(`Sign in as ${platform.signIn.email}, password ${platform.signIn.password}`);
      await followRuns(client, started, () => undefined);
      const rates = [];
      for (const [place, { rate, effectiveRate }] of versions.noisy.entries()) {
        const runs = await runsOf(client, started[place]!);
        const figures = { rate, effectiveRate, n: runs[0]!.evaluation.classification.n, ...figuresOf(runs) };
        const { auc, corruptedFitted, cleanFitted } = figures;
        console.error(
          `· ${percent(rate)} drawn anew (${percent(effectiveRate)} changed): fitted at the end ${told(cleanFitted)} clean, ` +
            `${told(corruptedFitted)} corrupted; test AUC ${told(auc)} [${auc.low?.toFixed(3)}, ${auc.high?.toFixed(3)}]`,
        );
        rates.push({ ...figures, trainingSeconds: Math.round(await secondsOf(client, started[place]!)) });
      }
      return { fold: "test", seeds: seeds.length, rates };
    });
  },
};

const told = ({ mean, sd }: { mean: number | null; sd: number | null }) =>
  mean === null ? "none" : `${mean.toFixed(3)} ± ${sd?.toFixed(3) ?? "–"}`;

function figuresOf(runs: readonly Run[]) {
  const over = (of: (run: Run) => number | null | undefined) => {
    const perSeed = runs.flatMap((run) => of(run) ?? []);
    return { ...meanAndSd(perSeed), ...tInterval(perSeed), perSeed };
  };
  const end = (name: string) => over((run) => run.points.find((each) => each.series === name)?.values.at(-1));
  return {
    auc: over((run) => run.evaluation.classification.metrics.find(({ metric }) => metric.name === "auc")?.value),
    cleanFitted: end(series.cleanFitted),
    corruptedFitted: end(series.corruptedFitted),
    corruptedAsTrue: end(series.corruptedAsTrue),
  };
}

async function runsOf(client: TesseraClient, id: string): Promise<Run[]> {
  const names = Object.values(series);
  const { experiment } = await client.query<{ experiment: { runs: Run[] } }>(
    `query ($id: UUID!, $names: [String!]) { experiment(id: $id) { runs { seed points(series: $names) { series values }
      evaluation(fold: TEST) { classification { n metrics { metric { name } value } } } } } }`,
    { id, names },
  );
  return experiment.runs.toSorted((a, b) => a.seed - b.seed);
}
