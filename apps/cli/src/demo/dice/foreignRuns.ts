/** @file The predictors as foreign scripts: a run per seed, its masks uploaded, and both held-out folds scored by a worker. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { openImaging } from "@tessera/imaging/client";
import type { PlantedRegion } from "@tessera/synthetic/plantedRegions";
import { foldOfRank } from "@tessera/synthetic/plantedSet";
import { Bar } from "../../terminal.ts";
import type { DiceOptions } from "../options.ts";
import { projectName } from "../readyDataset.ts";
import type { PlantedDataset } from "./dataset.ts";
import { type Predictor, predictors } from "./predictors.ts";

const folds = ["VALIDATION", "TEST"] as const;

interface RunRow {
  readonly id: string;
  readonly name: string;
  readonly validation: { readonly id: string } | null;
  readonly test: { readonly id: string } | null;
  readonly predictionScorings: readonly { readonly state: string; readonly error: string | null }[];
}
const runFields = `id name validation: evaluation(fold: VALIDATION) { id } test: evaluation(fold: TEST) { id }
  predictionScorings { state error }`;

/** Ids of the runs, predictor by predictor, seed by seed. Runs that are there already are not made again. */
export async function scoredForeignRuns(
  client: TesseraClient,
  options: DiceOptions,
  dataset: PlantedDataset,
  regions: readonly PlantedRegion[],
): Promise<string[]> {
  const { seed: world, items, size, seeds } = options;
  const known = await runsByName(client);
  const plan = predictors.flatMap((predictor) =>
    Array.from({ length: seeds }, (_, i) => {
      const name = `${predictor.arm}, world ${world}, ${items} items of ${size} px, seed ${i + 1}`;
      return { predictor, seed: i + 1, name, run: known.get(name) ?? null };
    }),
  );
  const bar = new Bar();
  const ids: string[] = [];
  const imaging = openImaging({ processes: 1 });
  try {
    for (const [done, { predictor, seed, name, run }] of plan.entries()) {
      bar.show("Sending predicted masks", done, plan.length, `· ${predictor.arm}, seed ${seed}`);
      const id = run?.id ?? (await newRun(client, predictor, seed, name));
      ids.push(id);
      for (const fold of folds) {
        if (run?.[fold === "TEST" ? "test" : "validation"]) continue;
        if (run?.predictionScorings.some(({ state }) => state === "QUEUED" || state === "RUNNING")) continue;
        const ofFold = regions.filter(({ rank }) => foldOfRank(rank).toUpperCase() === fold);
        const predictions = [];
        for (const region of ofFold) {
          const { mask } = predictor.predict(region, seed);
          const sha256 = await client.upload(Uint8Array.from(await imaging.encodeMask(mask, size, size)), "image/png");
          predictions.push({ itemId: dataset.itemIds.get(region.name), sha256 });
        }
        const { labelVersionId, splitId } = dataset;
        await client.query("mutation ($input: ScorePredictionsInput!) { scorePredictions(input: $input) { id } }", {
          input: { runId: id, labelVersionId, splitId, fold, size, predictions },
        });
      }
    }
  } finally {
    await imaging.close();
  }
  await untilScored(client, ids, bar);
  await untilMeasured(client, ids, bar);
  bar.end();
  return ids;
}

async function newRun(client: TesseraClient, { arm }: Predictor, seed: number, name: string): Promise<string> {
  const run = await client.startRun({ project: projectName, name, arm, seed, configuration: { predictor: arm } });
  await run.finish();
  return run.id;
}

async function runsByName(client: TesseraClient): Promise<Map<string, RunRow>> {
  type Page = {
    runs: { edges: { node: RunRow }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
  };
  const document = `query ($after: String) { runs(first: 100, after: $after) {
    edges { node { ${runFields} } } pageInfo { endCursor hasNextPage } } }`;
  const found = new Map<string, RunRow>();
  for (let after: string | null = null; ; ) {
    const { runs }: Page = await client.query<Page>(document, { after });
    for (const { node } of runs.edges) if (!found.has(node.name)) found.set(node.name, node); // newest first
    if (!runs.pageInfo.hasNextPage) return found;
    after = runs.pageInfo.endCursor;
  }
}

/** @throws DomainError UNAVAILABLE with the worker's words where a scoring failed */
async function untilScored(client: TesseraClient, ids: readonly string[], bar: Bar): Promise<void> {
  for (;;) {
    const answers = await Promise.all(
      ids.map((id) => client.query<{ run: RunRow }>(`query ($id: UUID!) { run(id: $id) { ${runFields} } }`, { id })),
    );
    const runs = answers.map(({ run }) => run);
    const scored = runs.filter((run) => run.validation && run.test).length;
    bar.show("Scoring", scored, runs.length);
    if (scored === runs.length) return;
    for (const run of runs) {
      const failed = run.predictionScorings.find(({ state }) => state === "FAILED");
      if (!failed) continue;
      throw new DomainError("UNAVAILABLE", `The predictions of "${run.name}" could not be scored: ${failed.error}`);
    }
    await wait();
  }
}

/** @throws DomainError UNAVAILABLE with the worker's words where a measurement failed */
async function untilMeasured(client: TesseraClient, ids: readonly string[], bar: Bar): Promise<void> {
  type Measuring = { done: number; total: number; failed: number; error: string | null };
  const document = `query ($ids: [UUID!]!) { validation: scoredSet(runIds: $ids, fold: VALIDATION) { ...Part }
    test: scoredSet(runIds: $ids, fold: TEST) { ...Part } }
    fragment Part on ScoredSet { measuring { done total failed error } }`;
  for (;;) {
    const sets = await client.query<Record<string, { measuring: Measuring }>>(document, { ids });
    const parts = Object.values(sets).map(({ measuring }) => measuring);
    const failed = parts.find((part) => part.failed > 0);
    if (failed) throw new DomainError("UNAVAILABLE", `The masks could not be measured: ${failed.error}`);
    const sum = (of: (part: Measuring) => number) => parts.reduce((all, part) => all + of(part), 0);
    bar.show(
      "Measuring pieces and outlines",
      sum((part) => part.done),
      sum((part) => part.total),
    );
    if (sum((part) => part.done) === sum((part) => part.total)) return;
    await wait();
  }
}

const wait = () => new Promise((resolve) => setTimeout(resolve, 500));
