/**
 * @file MNIST-bags through the product: test AUC of four poolings by number of training bags, beside Ilse et al. 2018, arXiv:1802.04712.
 * The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- mnist-bags      needs ../shared/data/mnist-t10k, or MNIST_T10K
 *
 * The network of the paper, trained end to end: LeNet's convolutions on every digit, a layer of 500, the pooling. Differs: digits of MNIST's
 * test file in a split of our own, 7,000 to learn from and 3,000 to test on; half of the bags are positive; 2,000 updates of one bag each
 * without weight decay, whatever the number of bags, and the epoch of ten with the highest AUC on 100 more bags.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { meanAndSd } from "@tessera/analysis/summary";
import type { TesseraClient } from "@tessera/client/client";
import type { Bench } from "../main.ts";
import { readDesign, type StudyDesign } from "../study/design.ts";
import { runStudy } from "../study/run.ts";
import { directoryOf } from "../study/sets.ts";
import { type BagRules, bagTableText, drawBags, readDigits } from "./bags.ts";

interface Design extends StudyDesign {
  readonly bags: BagRules;
  readonly poolings: readonly {
    readonly name: string;
    readonly model: Readonly<Record<string, unknown>>;
    /** One per number of training bags; null: none was. */
    readonly published: readonly number[] | null;
  }[];
  readonly trainingBags: readonly number[];
}

const armOf = (pooling: string, bags: number) => `${pooling}, ${bags} bags`;

export const bench: Bench = {
  about: "MNIST-bags: AUC of four poolings by number of training bags, beside Ilse et al. 2018",
  run() {
    const design = readDesign<Design>(import.meta.url);
    const arms = design.poolings.flatMap(({ name, model }) =>
      design.trainingBags.map((bags) => ({
        name: armOf(name, bags),
        changes: { model, trainingFraction: bags / design.bags.bags.train },
      })),
    );
    const set = {
      name: "MNIST-bags",
      variable: "MNIST_BAGS",
      folder: tableFolder(design.bags),
      reader: "MNIST's labels",
      modality: "OTHER" as const,
    };
    return runStudy("mnist-bags", { ...design, arms }, set, async ({ client, experimentId, seconds }) => {
      const scored = await scoredRuns(client, experimentId);
      const poolings = design.poolings.map(({ name, published }) => {
        const byBags = design.trainingBags.map((bags, place) => {
          const aucs = scored.filter(({ arm }) => arm === armOf(name, bags)).map(({ auc }) => auc);
          return { bags, ...meanAndSd(aucs), aucs, published: published?.[place] ?? null };
        });
        const cells = byBags.map(({ bags, mean, sd, published: paper }) => {
          const spread = sd === null ? "" : ` ± ${sd.toFixed(3)}`;
          return `${bags}: ${mean?.toFixed(3) ?? "–"}${spread}${paper === null ? "" : ` (${paper})`}`;
        });
        console.error(`· ${name}: ${cells.join("; ")}`);
        return { pooling: name, byBags };
      });
      return {
        fold: "test",
        testBags: design.bags.bags.test,
        seeds: design.seeds,
        poolings,
        trainingSeconds: Math.round(seconds),
      };
    });
  },
};

/** Holds the table of bags that the product imports; made once. */
function tableFolder(rules: BagRules): string {
  const folder = resolve(".tessera", "mnist-bags");
  if (existsSync(join(folder, "bags.csv"))) return folder;
  const from = directoryOf({
    name: "MNIST's test set",
    variable: "MNIST_T10K",
    folder: "../shared/data/mnist-t10k",
  });
  const digits = readDigits(join(from, "t10k-images-idx3-ubyte.gz"), join(from, "t10k-labels-idx1-ubyte.gz"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bags.csv"), bagTableText(digits, drawBags(digits.labels, rules)));
  return folder;
}

interface Run {
  readonly arm: string;
  readonly evaluation: {
    readonly classification: {
      readonly metrics: readonly { readonly metric: { readonly name: string }; readonly value: number | null }[];
    };
  };
}

async function scoredRuns(client: TesseraClient, id: string): Promise<{ arm: string; auc: number }[]> {
  const { experiment } = await client.query<{ experiment: { runs: Run[] } }>(
    `query ($id: UUID!) { experiment(id: $id) { runs { arm evaluation(fold: TEST) { classification {
      metrics { metric { name } value } } } } } }`,
    { id },
  );
  return experiment.runs.map(({ arm, evaluation }) => {
    const auc = evaluation.classification.metrics.find(({ metric }) => metric.name === "auc")?.value;
    return { arm, auc: auc! };
  });
}
