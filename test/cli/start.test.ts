/** @file `tessera start`: what it starts it stops, and it recovers from its own sudden death. */
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TesseraClient } from "@tessera/client/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildMissing, isBuilt } from "../browser/support/web.ts";
import { type Cli, isRunning, runCli, stopAll } from "./support.ts";

if (!isBuilt()) console.warn(`SKIPPED, tessera start: ${buildMissing}`);

const patience = 120_000;
const webPort = 3410;

describe.skipIf(!isBuilt())("tessera start", () => {
  let home: string;
  /** The second start, after the first was killed. */
  let again: Cli;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "tessera-start-"));
    await chmod(home, 0o755); // as root, PostgreSQL runs as another user, who must be able to reach it
  });
  afterAll(async () => {
    await stopAll();
    await rm(home, { recursive: true, force: true });
  }, patience);

  const start = async (): Promise<Cli> => {
    const cli = runCli(home, ["start"], webPort);
    await cli.until("Ctrl-C stops everything");
    return cli;
  };
  const processes = async (): Promise<{ name: string; pid: number }[]> =>
    JSON.parse(await readFile(join(home, "processes.json"), "utf8")).processes;
  const dashboard = (cli: Cli): string => /Dashboard: (\S+)/.exec(cli.said().stderr)![1]!;
  const client = async (cli: Cli) => {
    const { token } = JSON.parse(await readFile(join(home, "first-sign-in.json"), "utf8"));
    return new TesseraClient({ url: dashboard(cli), token });
  };

  it(
    "refuses a second start on the same home, and says what to do",
    async () => {
      const first = await start();
      const { createDataset } = await (await client(first)).query<{ createDataset: { name: string } }>(
        `mutation { createDataset(input: { projectName: "P", name: "Kept", modality: ENDOSCOPY }) { name } }`,
      );
      expect(createDataset.name).toBe("Kept");
      const second = runCli(home, ["start"], webPort);
      expect(await second.ended).toBe(1);
      expect(second.said().stderr).toContain(`Tessera already runs on ${home} (process ${first.pid})`);
      expect(second.said().stderr).toContain("TESSERA_HOME");
      expect(isRunning(first.pid)).toBe(true);
    },
    patience,
  );

  it(
    "after a kill -9 of the cli: stops what was left, finds the data again",
    async () => {
      const left = await processes();
      expect(left.map(({ name }) => name).sort()).toEqual(["api", "dashboard", "worker 1"]);
      const { cli } = JSON.parse(await readFile(join(home, "processes.json"), "utf8")) as { cli: number };
      process.kill(cli, "SIGKILL");
      while (isRunning(cli)) await new Promise((resolve) => setTimeout(resolve, 20));

      again = await start();
      expect(left.filter(({ pid }) => isRunning(pid))).toEqual([]);
      const answer = await (await client(again)).query<{ datasets: { edges: { node: { name: string } }[] } }>(
        "{ datasets { edges { node { name } } } }",
      );
      expect(answer.datasets.edges.map(({ node }) => node.name)).toEqual(["Kept"]);
    },
    patience,
  );

  it(
    "starts a worker again that was killed, and goes on",
    async () => {
      const before = (await processes()).find(({ name }) => name === "worker 1")!.pid;
      process.kill(before, "SIGKILL");
      await again.until("starting it again in 1 s");
      let pid = before;
      while (pid === before || !isRunning(pid)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        pid = (await processes()).find(({ name }) => name === "worker 1")!.pid;
      }
      expect(isRunning(again.pid)).toBe(true);
    },
    patience,
  );

  it(
    "stops all that it started at Ctrl-C, and nothing else",
    async () => {
      const running = await processes();
      const { cli } = JSON.parse(await readFile(join(home, "processes.json"), "utf8")) as { cli: number };
      process.kill(cli, "SIGINT");
      while (isRunning(cli)) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(running.filter(({ pid }) => isRunning(pid))).toEqual([]);
      await expect(readFile(join(home, "processes.json"))).rejects.toThrow("ENOENT");
    },
    patience,
  );
});
