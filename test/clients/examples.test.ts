/** @file The examples of both clients, as a user starts them, against a real api and database. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { TesseraClient, TesseraError } from "@tessera/client/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "../api/world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
});
afterAll(() => world.close());

const commands = {
  python: ["python3", "examples/foreign_run.py"],
  typescript: [process.execPath, "--import", "tsx", "examples/foreign_run.ts"],
} as const;

describe("examples", () => {
  it.each(Object.entries(commands))(
    "the %s one logs a run and reads results",
    async (_language, [command, ...args]) => {
      const env = {
        ...process.env,
        TESSERA_URL: world.url,
        TESSERA_TOKEN: world.tokens.researcher,
        PYTHONPATH: "clients/python/src",
        PYTHONDONTWRITEBYTECODE: "1",
      };
      const { stdout } = await run(command, [...args, planted.experimentId], { cwd: root, env });
      const id = /run ([0-9a-f-]{36}) SUCCEEDED/.exec(stdout)![1]!;
      expect(stdout).toMatch(/train\/loss: 0\.0\d+ at step 200/);
      // 6 test items × 2 seeds; Dice as planted in world.ts
      const dice = (gain: number, i: number) => (2 * (50 + gain + i)) / (2 * (50 + gain + i) + 50 - gain);
      const gains = { A: [0, 1], B: [10, 11] };
      for (const [arm, ofArm] of Object.entries(gains)) {
        const scores = ofArm.flatMap((gain) => [0, 1, 2, 3, 4, 5].map((i) => dice(gain, i)));
        const mean = scores.reduce((sum, score) => sum + score) / scores.length;
        expect(stdout).toContain(`${arm}: mean Dice ${mean.toFixed(4)} over 12 scores`);
      }
      const { data } = await world.graphql<{ run: { points: { steps: number[] }[] } }>(
        world.tokens.viewer,
        `{ run(id: "${id}") { source state arm seed points(series: ["train/rmse"]) { steps } } }`,
      );
      expect(data!.run).toMatchObject({ source: "FOREIGN", state: "SUCCEEDED", arm: "gradient descent", seed: 1 });
      expect(data!.run.points[0]!.steps).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    },
  );
});

describe("TypeScript client", () => {
  const client = () => new TesseraClient({ url: world.url, token: world.tokens.researcher });

  it("logs each value once though answers are lost on the way back", async () => {
    const real = globalThis.fetch;
    let calls = 0;
    globalThis.fetch = async (...args) => {
      const response = await real(...args);
      const lost = String(args[1]?.body).includes("logPoints") && calls++ % 2 === 0;
      if (lost) throw new TypeError("the connection broke after the server had answered");
      return response;
    };
    try {
      const foreign = await client().startRun({ project: "P", name: "lossy" });
      for (let step = 1; step <= 3; step++) {
        foreign.log(step, { loss: step === 2 ? Number.NaN : step });
        await foreign.flush();
      }
      await foreign.finish("FAILED");
      const { run } = await client().query<{ run: object }>(
        `{ run(id: "${foreign.id}") { state points { steps values } } }`,
      );
      expect(run).toEqual({ state: "FAILED", points: [{ steps: [1, 2, 3], values: [1, null, 3] }] });
    } finally {
      globalThis.fetch = real;
    }
    expect(calls).toBe(6);
    const [batches] = await world.database
      .owner`select count(*) from ingest_batches b join runs r on r.id = b.run_id where r.name = 'lossy'`;
    expect(Number(batches!.count)).toBe(3);
  });

  it("uploads by hash, and says the server's code and details", async () => {
    const bytes = new TextEncoder().encode("hello");
    expect(await client().upload(bytes, "text/plain")).toBe(
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    );
    const refused = client().query("{ runs(first: 0) { totalCount } }");
    await expect(refused).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: "first" } });
    await expect(refused).rejects.toBeInstanceOf(TesseraError);
    const nobody = new TesseraClient({ url: world.url, token: "tes_wrong" });
    await expect(nobody.query("{ me { name } }")).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("refuses a step that goes backwards before it is sent", async () => {
    const foreign = await client().startRun({ project: "P", name: "backwards" });
    foreign.log(5, { loss: 1 });
    expect(() => foreign.log(5, { loss: 1 })).toThrow("above 5");
    await foreign.finish("CANCELLED");
  });

  it("cannot log to a run that Tessera trains", async () => {
    const document = "mutation ($input: LogPointsInput!) { logPoints(input: $input) { applied } }";
    const input = {
      runId: planted.runIds[0],
      attempt: 1,
      sequence: 99,
      points: [{ series: "x", steps: [1], values: [1] }],
    };
    await expect(client().query(document, { input })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("Python client", () => {
  it("uploads, raises the server's code, fails the run of a block that raises, and outlives a server that is away", async () => {
    const script = `
import os
from tessera_client import Client, TesseraError
t = Client(os.environ["TESSERA_URL"], os.environ["TESSERA_TOKEN"])
print(t.upload(b"hello", "text/plain"))
try:
    t.query("{ runs(first: 0) { totalCount } }")
except TesseraError as error:
    print(error.code, error.details["field"])
try:
    with t.start_run("P", "python fails") as run:
        run.log(1, {"loss": float("nan")})
        raise RuntimeError("training broke")
except RuntimeError:
    got = t.query("query ($id: UUID!) { run(id: $id) { state points { values } } }", {"id": run.id})["run"]
    print(got["state"], got["points"][0]["values"])

import tessera_client.run
tessera_client.run._POINTS_PER_BATCH = 2
away = True
answer = t.query
def query(document, variables):
    if away:
        raise TesseraError("NETWORK", "away")
    return answer(document, variables)
run = t.start_run("P", "python goes on")
run._query = query
for step in range(5):
    run.log(step, {"loss": step})
away = False
run.finish()
got = t.query("query ($id: UUID!) { run(id: $id) { state points { steps } } }", {"id": run.id})["run"]
print(got["state"], got["points"][0]["steps"])
`;
    const env = {
      ...process.env,
      TESSERA_URL: world.url,
      TESSERA_TOKEN: world.tokens.researcher,
      PYTHONPATH: "clients/python/src",
      PYTHONDONTWRITEBYTECODE: "1",
    };
    const { stdout } = await run("python3", ["-c", script], { cwd: root, env });
    expect(stdout.trim().split("\n")).toEqual([
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
      "BAD_INPUT first",
      "FAILED [None]",
      "SUCCEEDED [0, 1, 2, 3, 4]",
    ]);
  });
});
