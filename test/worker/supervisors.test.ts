import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attemptsOf } from "@tessera/store/attempts";
import { claimRun, heartbeat } from "@tessera/store/claims";
import { SingleConnection } from "@tessera/store/guardedTransaction";
import { registerWorker } from "@tessera/store/workers";
import type { WorkerEvent } from "@tessera/worker/options";
import { startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { testServer } from "../support/database.ts";
import { type ForkedSupervisor, forkSupervisor } from "./support/forkSupervisor.ts";
import { type Platform, platform, totalSteps } from "./support/setup.ts";
import type { ProcessSettings } from "./support/supervisorProcess.ts";

let given: Platform;
let whole: string;
let forked: ForkedSupervisor[] = [];

beforeAll(async () => {
  given = await platform();
  whole = await given.queueRun();
  const supervisor = await startSupervisor(given.workerOptions());
  await given.until(whole, "succeeded");
  await supervisor.stop();
});
afterEach(async () => {
  for (const each of forked) each.process.kill("SIGKILL");
  await Promise.all(forked.map((each) => each.gone));
  forked = [];
});
afterAll(() => given.close());

function fork(dieAt: ProcessSettings["dieAt"], spool = "spool"): ForkedSupervisor {
  const { connection, teamId } = given.database;
  const { objectsDirectory, directory } = given;
  const one = forkSupervisor({ connection, teamId, objectsDirectory, spoolDirectory: join(directory, spool), dieAt });
  forked.push(one);
  return one;
}

const outcomes = (id: string) =>
  given.database.db
    .asTeam(given.database.teamId, (sql) => attemptsOf(sql, given.database.teamId, [id]))
    .then((attempts) => attempts.map(({ outcome }) => outcome));

async function seen(supervisor: ForkedSupervisor, test: (event: WorkerEvent) => boolean): Promise<WorkerEvent> {
  await vi.waitUntil(() => supervisor.events.some(test), { timeout: 40_000 });
  return supervisor.events.find(test)!;
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}/exe`);

it("a supervisor killed with SIGKILL takes its trainer along; the next one delivers its spool and goes on", async () => {
  const id = await given.queueRun();
  const first = fork({ type: "spooled", count: 5 }); // on disk, perhaps not in the database
  expect(await first.gone).toBe("SIGKILL");
  const spooled = first.events.findLast((event) => event.type === "spooled");
  await vi.waitUntil(() => !isAlive(spooled!.trainerPid), { timeout: 20_000 });

  const second = fork({ type: "ingested", count: 4 });
  expect(await second.gone).toBe("SIGKILL");

  const third = fork(null);
  await given.until(id, "succeeded");
  expect(await outcomes(id)).toEqual(["lost", "lost", "succeeded"]);
  expect(await given.curve(id)).toBe(await given.curve(whole));
  expect(await given.faults(id)).toEqual({ doubled: 0, lost: 0 });
  await seen(third, (event) => event.type === "log" && /left by a killed worker were delivered/.test(event.message));
}, 120_000);

it("a frozen supervisor loses its run to another worker when its lease lapses, and writes nothing when it wakes", async () => {
  const id = await given.queueRun({ epochs: 3 });
  const frozen = fork(null, "spool of the frozen");
  const claimed = (event: WorkerEvent) => event.type === "claimed" && event.runId === id;
  await seen(frozen, (event) => event.type === "ingested" && event.runId === id && event.sequence === 1);
  frozen.process.kill("SIGSTOP");

  const other = await startSupervisor(given.workerOptions());
  await given.until(id, "succeeded");
  const before = await given.curve(id);
  frozen.process.kill("SIGCONT");
  await seen(frozen, (event) => event.type === "ended" && event.runId === id && event.outcome === "lost");
  await other.stop();
  expect(frozen.events.filter(claimed)).toHaveLength(1);
  expect(await given.curve(id)).toBe(before);
  expect(await outcomes(id)).toEqual(["lost", "succeeded"]);
}, 120_000);

/** Makes the test's database refuse everybody but its owner's connection, as a server does that is away; and lets them in again. */
async function outage(): Promise<{ begin(): Promise<void>; end(): Promise<void> }> {
  const { connection, owner } = given.database;
  const { database: name } = connection as { database: string };
  const [spared] = await owner<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const allow = async (allowed: boolean) => {
    const admin = new SingleConnection(await testServer());
    await admin.sql.unsafe(`alter database ${name} with allow_connections ${allowed}`);
    await admin.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> ${spared!.pid}`;
    await admin.end();
  };
  return { begin: () => allow(false), end: () => allow(true) };
}

it("a database that is away delays the curve and changes nothing", async () => {
  const id = await given.queueRun();
  const { begin, end } = await outage();
  let away: Promise<void> | undefined;
  let spooledWhileAway = 0;
  const supervisor = await startSupervisor(
    given.workerOptions((event) => {
      if (event.type !== "spooled" || event.runId !== id) return;
      if (away) spooledWhileAway++;
      else if (event.sequence === 2) away = begin();
    }),
  );
  await vi.waitUntil(() => spooledWhileAway >= 4, { timeout: 40_000 }); // training goes on
  await away;
  await end();
  await given.until(id, "succeeded");
  await supervisor.stop();
  expect(await given.curve(id)).toBe(await given.curve(whole));
  expect(await given.faults(id)).toEqual({ doubled: 0, lost: 0 });
  expect(await outcomes(id)).toEqual(["succeeded"]);
}, 120_000);

it("an idle worker lets those who went on training renew their leases after an outage", async () => {
  const id = await given.queueRun();
  const { db, teamId, owner } = given.database;
  const { id: workerId } = await db.asTeam(teamId, (sql) =>
    registerWorker(sql, teamId, { name: "trains", device: "CPU", version: "" }),
  );
  const claimed = await claimRun(db, { teamId, workerId, leaseSeconds: 60 });
  expect(claimed).toMatchObject({ id, attempt: 1 });
  const said: string[] = [];
  const idle = await startSupervisor(given.workerOptions((event) => event.type === "log" && said.push(event.message)));
  const { begin, end } = await outage();
  await begin();
  await vi.waitUntil(() => said.some((line) => line.startsWith("Claiming runs: ")), { timeout: 20_000 });
  await owner`update runs set lease_until = clock_timestamp() where id = ${id}`;
  await end();
  await vi.waitUntil(() => said.includes("Claiming runs: the database answers again."), { timeout: 40_000 });
  const renewed = await heartbeat(db, { teamId, runId: id, attempt: 1, workerId, leaseSeconds: 60 });
  expect(renewed.owned).toBe(true);
  await idle.stop();
  await owner`update runs set state = 'cancelled' where id = ${id}`;
}, 120_000);

it("the worker process says that it is ready, trains, and leaves with code 0 on SIGTERM", async () => {
  const id = await given.queueRun();
  const main = fileURLToPath(new URL("../../apps/worker/src/main.ts", import.meta.url));
  const worker = spawn(process.execPath, ["--import", "tsx", main], {
    env: {
      ...process.env,
      TESSERA_DATABASE: JSON.stringify(given.database.connection),
      TESSERA_TEAM: given.database.teamId,
      TESSERA_SPOOL: join(given.directory, "spool of main"),
      TESSERA_OBJECTS: given.objectsDirectory,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = await once(worker.stdout.setEncoding("utf8"), "data");
  expect(JSON.parse(line)).toEqual({ worker: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const run = await given.until(id, "succeeded");
  expect(run.step).toBe(totalSteps);
  worker.kill("SIGTERM");
  const [code] = await once(worker, "exit");
  expect(code).toBe(0);
  expect(readdirSync(join(given.directory, "spool of main"))).toEqual(["prepared"]);
});

it("a worker without its settings says which one is missing", async () => {
  const main = fileURLToPath(new URL("../../apps/worker/src/main.ts", import.meta.url));
  const { TESSERA_TEAM: _, ...env } = process.env;
  const worker = spawn(process.execPath, ["--import", "tsx", main], { env, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  worker.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const [code] = await once(worker, "close");
  expect(code).toBe(1);
  expect(errors).toContain("TESSERA_TEAM");
});
