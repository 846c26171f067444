/** @file The question "dice" on a real api and a real worker: what was planted must be read back. */
import { scorePlantedErrors } from "@tessera/cli/demo/dice/act";
import { plantedTruth, predictors } from "@tessera/cli/demo/dice/predictors";
import { readDemoOptions } from "@tessera/cli/demo/options";
import { plantedRegions } from "@tessera/synthetic/plantedRegions";
import { foldOfRank } from "@tessera/synthetic/plantedSet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkerWorld, type WorkerWorld } from "./workerWorld.ts";

const patience = 120_000;
const options = readDemoOptions(["--question", "dice", "--items", "36", "--size", "64", "--seeds", "2"])!;
if (options.question !== "dice") throw new Error("expected the options of the question dice");

interface Line {
  readonly conventions: Record<string, Record<"A" | "B" | "C", number>>;
  readonly swaps: number;
  readonly equivalentError: { shift1: { truth: number; estimate: number; low: number; high: number } };
  readonly contiguity: Record<"A" | "B" | "C", Record<string, { truth: number; estimate: number }>>;
}

describe("the demo's question dice", () => {
  let act: WorkerWorld;
  beforeAll(async () => {
    act = await startWorkerWorld();
  }, patience);
  afterAll(() => act?.close(), patience);

  it(
    "reads back every planted error, and makes nothing twice",
    async () => {
      const ask = async () => JSON.parse(await scorePlantedErrors(act.platform, options)) as Line;
      const line = await ask();
      const test = plantedRegions(options).filter(({ rank }) => foldOfRank(rank) === "test");
      const conventions = Object.values(line.conventions);
      for (const predictor of predictors) {
        const { key } = predictor;
        const truth = plantedTruth(predictor, test, [1, 2]);
        const near = (row: Record<"A" | "B" | "C", number>, value: number) => Math.abs(row[key] - value) < 1e-9;
        expect(conventions.some((row) => near(row, truth.dicePerItem))).toBe(true);
        expect(conventions.some((row) => near(row, truth.dicePooled))).toBe(true);
        for (const [what, { truth: planted, estimate }] of Object.entries(line.contiguity[key]))
          expect(estimate, `${key} ${what}`).toBeCloseTo(planted, 9);
      }
      expect(line.swaps).toBeGreaterThan(0);
      expect(line.contiguity.C.specks!.truth).toBeGreaterThan(0.5);
      expect(line.contiguity.C.holes!.truth).toBeGreaterThan(0.2);
      expect(line.equivalentError.shift1.truth).toBe(1);
      expect(line.equivalentError.shift1.estimate).toBeGreaterThan(0.9);
      expect(line.equivalentError.shift1.estimate).toBeLessThan(1.1);

      expect(await ask()).toEqual(line);
      const [{ runs }] = (await act.world.database.owner`select count(*)::int as runs from runs`) as unknown as [
        { runs: number },
      ];
      expect(runs).toBe(6);
      const [{ evaluations }] = (await act.world.database
        .owner`select count(*)::int as evaluations from evaluations`) as unknown as [{ evaluations: number }];
      expect(evaluations).toBe(12);
    },
    patience,
  );
});
