/** @file `demo --exit` as a script sees it: one JSON line last on stdout, nothing left running, and a second call that finds its data. */
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildMissing, isBuilt } from "../browser/support/web.ts";
import { runCli, stopAll } from "./support.ts";

if (!isBuilt()) console.warn(`SKIPPED, the demo: ${buildMissing}`);

const patience = 240_000;
const flags = ["--items", "16", "--size", "32", "--epochs", "1", "--seeds", "2", "--exit"];

interface Line {
  runs: number;
  testDice: Record<string, { mean: number | null; sd: number; seeds: number; items: number }>;
  difference: { estimate: number; low: number; high: number };
  secondsToFirstPoint: number;
  secondsTotal: number;
  url: string;
}

async function demo(home: string, args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const cli = runCli(home, ["demo", ...args], 3310);
  const code = await cli.ended;
  return { code, ...cli.said() };
}

describe.skipIf(!isBuilt())("the demo", () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "tessera-demo-"));
    await chmod(home, 0o755); // as root, PostgreSQL runs as another user, who must be able to reach it
  });
  afterAll(async () => {
    await stopAll();
    await rm(home, { recursive: true, force: true });
  }, patience);

  it(
    "compares two starting weights and prints one JSON line",
    async () => {
      const { code, stdout, stderr } = await demo(home, flags);
      expect(code, stderr).toBe(0);
      expect(stdout.trim().split("\n")).toHaveLength(1);
      const line = JSON.parse(stdout) as Line;
      expect(line.runs).toBe(5); // one pretraining run, two arms × two seeds
      expect(Object.keys(line.testDice)).toEqual(["random weights", "encoder from another domain"]);
      for (const score of Object.values(line.testDice)) {
        expect(score).toMatchObject({ seeds: 2, items: expect.any(Number), sd: expect.any(Number) });
        expect(score.mean).toBeGreaterThanOrEqual(0);
        expect(score.mean).toBeLessThanOrEqual(1);
      }
      const [random, domain] = Object.values(line.testDice);
      expect(line.difference.estimate).toBeCloseTo(domain!.mean! - random!.mean!, 10);
      expect(line.difference.low).toBeLessThan(line.difference.estimate);
      expect(line.difference.high).toBeGreaterThan(line.difference.estimate);
      expect(line.secondsToFirstPoint).toBeLessThan(line.secondsTotal);
    },
    patience,
  );

  it(
    "finds its runs again at a second call, and has left nothing running",
    async () => {
      const noted = await readFile(join(home, "processes.json"), "utf8").catch(() => null);
      expect(noted).toBeNull();
      const { code, stdout, stderr } = await demo(home, flags);
      expect(code, stderr).toBe(0);
      expect((JSON.parse(stdout) as Line).runs).toBe(5);
      expect(stderr).not.toContain("Making synthetic images");
    },
    patience,
  );

  it(
    "says which flag is wrong, and what it expects",
    async () => {
      const { code, stderr } = await demo(home, ["--epochs", "none"]);
      expect(code).toBe(1);
      expect(stderr).toContain('--epochs: expected a whole number from 1 to 10000, got "none"');
    },
    patience,
  );
});
