/** @file The question "transfer" on a real api and a real worker, in its smallest form: the chain, the study, its answer. */
import { readDemoOptions } from "@tessera/cli/demo/options";
import { studyTransfer } from "@tessera/cli/demo/transfer/act";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkerWorld, type WorkerWorld } from "./workerWorld.ts";

const patience = 480_000; // twelve short runs, each in a process of its own
const flags = ["--question", "transfer", "--items", "54", "--epochs", "1", "--seeds", "1", "--planted", "none"];
const options = readDemoOptions(flags)!;
if (options.question !== "transfer") throw new Error("expected the options of the question transfer");

interface Line {
  readonly arms: Record<string, Record<string, { mean: number }>>;
  readonly verdicts: Record<string, { word: string; low: number | null; high: number | null; reason: string }>;
}

describe("the demo's question transfer", () => {
  let act: WorkerWorld;
  beforeAll(async () => {
    act = await startWorkerWorld();
  }, patience);
  afterAll(() => act?.close(), patience);

  it(
    "trains each hop from the one before, the study from the last, and makes nothing twice",
    async () => {
      const ask = async () => JSON.parse(await studyTransfer(act.platform, options)) as Line;
      const line = await ask();
      expect(Object.keys(line.arms)).toEqual(["random", "domain", "funnel", "statistics"]);
      for (const cells of Object.values(line.arms)) {
        expect(Object.keys(cells).sort()).toEqual(["0.05", "1"]);
        for (const cell of Object.values(cells)) {
          expect(cell).toMatchObject({ n: 9, seeds: 1, steps: 30, sd: null });
          expect(cell.mean).toBeGreaterThanOrEqual(0);
          expect(cell.mean).toBeLessThanOrEqual(1);
        }
      }
      expect(Object.keys(line.verdicts).sort()).toEqual(["0.05", "1"]);
      for (const { word, low, high, reason } of Object.values(line.verdicts)) {
        expect({ word, low, high }).toEqual({ word: "undecided", low: null, high: null });
        expect(reason).toMatch(/at least 5 .*seeds/);
      }

      expect(await ask()).toEqual(line);
      type Hop = { id: string; arm: string; start: { kind: string; runId?: string } };
      const hops = (await act.world.database.owner`
        select r.id, r.arm, r.configuration -> 'startingWeights' as start
        from runs r join experiments e using (team_id) where e.id = r.experiment_id and e.name like 'Pretraining%'
        order by r.created_at`) as unknown as Hop[];
      const [shapes, natural, chain, domain] = hops as [Hop, Hop, Hop, Hop];
      expect([shapes.start.kind, domain.start.kind]).toEqual(["random", "random"]);
      expect([natural.start.runId, chain.start.runId]).toEqual([shapes.id, natural.id]);
      const starts = (await act.world.database.owner`
        select distinct r.arm, r.configuration -> 'startingWeights' as start
        from runs r join experiments e using (team_id) where e.id = r.experiment_id and e.name like 'Does pretraining%'
        order by r.arm`) as unknown as { arm: string; start: unknown }[];
      const ofRun = (runId: string) => ({ kind: "run", runId });
      expect(Object.fromEntries(starts.map(({ arm, start }) => [arm.split(" · ")[0], start]))).toEqual({
        random: { kind: "random" },
        domain: { ...ofRun(domain.id), part: "encoder" },
        funnel: { ...ofRun(chain.id), part: "encoder" },
        statistics: { kind: "statistics", of: ofRun(chain.id), part: "encoder" },
      });
      const [{ runs }] = (await act.world.database.owner`select count(*)::int as runs from runs`) as unknown as [
        { runs: number },
      ];
      expect(runs).toBe(4 + 4 * 2);
    },
    patience,
  );
});
