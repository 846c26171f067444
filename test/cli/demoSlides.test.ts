/** @file The question "slides" on a real api and a real worker, in its smallest form: the ladder, and that one of its rungs holds. */
import { readDemoOptions } from "@tessera/cli/demo/options";
import { climbPoolings } from "@tessera/cli/demo/slides/act";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkerWorld, type WorkerWorld } from "./workerWorld.ts";

const patience = 240_000; // twelve short runs, each in a process of its own
const flags = ["--question", "slides", "--items", "60", "--epochs", "10", "--seeds", "1"];
const options = readDemoOptions(flags)!;
if (options.question !== "slides") throw new Error("expected the options of the question slides");

interface Line {
  readonly auc: Record<string, { mean: number; sd: number | null }>;
  readonly witnessRate: number;
}

describe("the demo's question slides", () => {
  let act: WorkerWorld;
  beforeAll(async () => {
    act = await startWorkerWorld();
  }, patience);
  afterAll(() => act?.close(), patience);

  it(
    "finds one tile in 200 by the maximum, not by the mean, and makes nothing twice",
    async () => {
      const ask = async () => JSON.parse(await climbPoolings(act.platform, options)) as Line;
      const line = await ask();
      expect(Object.keys(line)).toEqual(["auc", "witnessRate"]);
      expect(line.witnessRate).toBe(0.005);
      expect(Object.keys(line.auc)).toEqual(["slide-label-to-tiles", "embedding-mean", "embedding-max", "attention"]);
      for (const { mean, sd } of Object.values(line.auc)) {
        expect(mean).toBeGreaterThanOrEqual(0);
        expect(mean).toBeLessThanOrEqual(1);
        expect(sd).toBeNull(); // of one repeat
      }
      expect(line.auc["embedding-max"]!.mean).toBeGreaterThan(line.auc["embedding-mean"]!.mean + 0.15);

      expect(await ask()).toEqual(line);
      const rows = (await act.world.database.owner`
        select arm, count(distinct split_id)::int as folds, count(distinct configuration ->> 'epochs')::int as budgets
        from runs group by arm`) as unknown as object[];
      expect(rows).toHaveLength(4);
      for (const row of rows) expect(row).toMatchObject({ folds: 3, budgets: 1 });
    },
    patience,
  );
});
