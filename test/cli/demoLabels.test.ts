/** @file The question "labels" on a real api and a real worker: what was planted must be read back. */
import { readPlantedReaders } from "@tessera/cli/demo/labels/act";
import { readDemoOptions } from "@tessera/cli/demo/options";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkerWorld, type WorkerWorld } from "./workerWorld.ts";

const patience = 240_000;
const flags = ["--question", "labels", "--items", "216", "--epochs", "1", "--seeds", "1"];
const options = readDemoOptions(flags)!;
if (options.question !== "labels") throw new Error("expected the options of the question labels");

interface Line {
  readonly planted: Record<string, { truth: number; estimate: number; low: number; high: number }>;
}

describe("the demo's question labels", () => {
  let act: WorkerWorld;
  beforeAll(async () => {
    act = await startWorkerWorld();
  }, patience);
  afterAll(() => act?.close(), patience);

  it(
    "reads back every planted figure, and makes nothing twice",
    async () => {
      const ask = async () => JSON.parse(await readPlantedReaders(act.platform, options)) as Line;
      const line = await ask();
      const figures = Object.entries(line.planted);
      expect(figures.length).toBeGreaterThanOrEqual(20);
      for (const [name, { truth, estimate, low, high }] of figures) {
        expect(low, name).toBeLessThanOrEqual(estimate);
        expect(high, name).toBeGreaterThanOrEqual(estimate);
        expect(Math.abs(estimate - truth), name).toBeLessThan(0.15); // of 216 items
      }
      // The same world every time: 95 % intervals, of which a few may miss.
      const missed = figures.filter(([, { truth, low, high }]) => truth < low || truth > high);
      expect(missed.length).toBeLessThanOrEqual(2);

      expect(await ask()).toEqual(line);
      const [counts] = (await act.world.database.owner`
        select (select count(*)::int from runs) as runs, (select count(*)::int from label_versions) as versions,
          (select count(*)::int from label_chains) as chains`) as unknown as [object];
      expect(counts).toEqual({ runs: 6, versions: 5, chains: 5 });
    },
    patience,
  );
});
