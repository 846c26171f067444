/** @file The question "transfer" on a real api and a real worker, in its smallest form: the chain, the study, its answer. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDemoOptions } from "@tessera/cli/demo/options";
import { studyTransfer } from "@tessera/cli/demo/transfer/act";
import { openObjects } from "@tessera/objects/localObjects";
import { startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";

const patience = 240_000;
const flags = ["--question", "transfer", "--items", "54", "--epochs", "1", "--seeds", "2", "--planted", "none"];
const options = readDemoOptions(flags)!;
if (options.question !== "transfer") throw new Error("expected the options of the question transfer");

interface Line {
  readonly arms: Record<string, Record<string, { mean: number; sd: number; n: number; seeds: number; steps: number }>>;
  readonly verdicts: Record<string, { word: string; low: number; high: number; reason: string }>;
}

describe("the demo's question transfer", () => {
  let world: World;
  let spool: string;
  let worker: Awaited<ReturnType<typeof startSupervisor>>;
  beforeAll(async () => {
    world = await startWorld();
    spool = await mkdtemp(join(tmpdir(), "tessera-transfer-"));
    worker = await startSupervisor({
      database: world.database.db,
      teamId: world.database.teamId,
      objects: openObjects({ directory: world.objectsDirectory }),
      objectsDirectory: world.objectsDirectory,
      spoolDirectory: spool,
      name: "worker",
      device: "cpu",
      version: "test",
      maxThreads: 1,
      checkpointEverySteps: 20,
      observe: () => undefined,
    });
  }, patience);
  afterAll(async () => {
    await worker?.stop();
    await world?.close();
    await rm(spool, { recursive: true, force: true });
  }, patience);

  it(
    "trains each hop from the one before, the study from the last, and makes nothing twice",
    async () => {
      const signIn = { email: "", password: "", token: world.tokens.admin, teamId: world.database.teamId };
      const ask = async () =>
        JSON.parse(await studyTransfer({ url: world.url, apiUrl: world.url, signIn }, options)) as Line;
      const line = await ask();
      expect(Object.keys(line.arms)).toEqual(["random", "domain", "funnel", "statistics"]);
      for (const cells of Object.values(line.arms)) {
        expect(Object.keys(cells).sort()).toEqual(["0.05", "1"]);
        for (const cell of Object.values(cells)) {
          expect(cell).toMatchObject({ n: 9, seeds: 2, steps: 30, sd: expect.any(Number) });
          expect(cell.mean).toBeGreaterThanOrEqual(0);
          expect(cell.mean).toBeLessThanOrEqual(1);
        }
      }
      for (const [fraction, { word, low, high, reason }] of Object.entries(line.verdicts)) {
        const difference = line.arms.funnel![fraction]!.mean - line.arms.random![fraction]!.mean;
        expect((low + high) / 2).toBeCloseTo(difference, 9);
        expect(word).toBe("undecided");
        expect(reason).toMatch(/at least 5 .*seeds/);
      }

      expect(await ask()).toEqual(line);
      const rows = (await world.database.owner`
        select name, configuration -> 'startingWeights' as start from runs r join experiments e on e.id = r.experiment_id
        where e.name like 'Pretraining%' order by r.created_at`) as unknown as { name: string }[];
      console.log(rows);
      const [{ runs }] = (await world.database.owner`select count(*)::int as runs from runs`) as unknown as [
        { runs: number },
      ];
      expect(runs).toBe(4 + 4 * 2 * 2);
    },
    patience,
  );
});
