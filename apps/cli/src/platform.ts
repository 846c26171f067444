/** @file The whole product on this machine: database, api, dashboard and workers, started together and stopped in order. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import type { Connection } from "@tessera/store/connection";
import { connectDatabase } from "@tessera/store/database";
import { startEmbeddedPostgres } from "@tessera/store/embedded/server";
import { migrate } from "@tessera/store/migrate";
import { ensureFirstTeam, type FirstSignIn } from "./firstTeam.ts";
import { type RunningProcess, startProcess } from "./processes/child.ts";
import { forgetProcesses, noteProcesses, stopLeftovers } from "./processes/leftovers.ts";
import { freePort } from "./processes/ports.ts";
import { startRestarted } from "./processes/restarted.ts";
import { repository, type Settings } from "./settings.ts";
import { describePlan, type PlannedWorker, planWorkers, thisMachine } from "./workers/plan.ts";

export interface Platform {
  /** The dashboard's address; /graphql and /files answer there too. */
  readonly url: string;
  readonly apiUrl: string;
  readonly signIn: FirstSignIn;
  readonly workers: readonly PlannedWorker[];
  /** Resolves with a sentence when a process ended that nobody stopped. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

type Say = (text: string) => void;

export async function startPlatform(settings: Settings, say: Say): Promise<Platform> {
  const other = await stopLeftovers(settings.home);
  if (other !== null) {
    const message = `Tessera already runs on ${settings.home} (process ${other}). Stop it, or set TESSERA_HOME to another folder.`;
    throw new DomainError("CONFLICT", message, { pid: other });
  }
  const machine = thisMachine();
  const plan = planWorkers(settings, machine); // before anything starts: it may refuse
  if (machine.device === "cuda") say(describePlan(plan, machine.device));
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
    forgetProcesses(settings.home);
  };
  try {
    const connection = await openDatabase(settings, say, stops);
    const db = connectDatabase(connection);
    stops.push(() => db.close());
    const signIn = await ensureFirstTeam(db, settings.home);
    const shared = environment(settings, connection);

    const api = await startApi(settings, shared);
    stops.push(() => api.process.stop());
    noteProcesses(settings.home, [api.process]);
    const apiUrl = `http://127.0.0.1:${api.value}`;
    const running: RunningProcess[] = [api.process];
    const note = () => noteProcesses(settings.home, running);
    const keep = (process: RunningProcess) => {
      running.push(process);
      stops.push(() => process.stop());
      note();
    };
    const worker = async (planned: PlannedWorker, index: number) =>
      keep(await startRestarted(() => startWorker(settings, shared, signIn.teamId, planned, index), say, note));
    const web = async () => {
      const { process, value } = await startWeb(settings, apiUrl, say);
      keep(process);
      return value;
    };
    const settled = await Promise.allSettled([web(), ...plan.map(worker)]);
    const failed = settled.find((each) => each.status === "rejected");
    if (failed) throw failed.reason;

    // Workers are started again; without the api or the dashboard there is no product.
    const broken = Promise.race(running.map(async ({ name, ended }) => `${name} ${await ended}`));
    return { url: (settled[0] as PromiseFulfilledResult<string>).value, apiUrl, signIn, workers: plan, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabase(settings: Settings, say: Say, stops: (() => Promise<void>)[]): Promise<Connection> {
  const url = process.env.DATABASE_URL;
  let connection: Connection;
  if (url) {
    connection = { url };
  } else {
    say("Starting PostgreSQL");
    const server = await startEmbeddedPostgres({ directory: settings.database });
    stops.push(() => server.stop());
    connection = server.connection;
  }
  const { from, to } = await migrate(connection);
  if (from !== to) say(`Database schema: ${from} → ${to}`);
  return connection;
}

function environment(settings: Settings, connection: Connection): Record<string, string> {
  return {
    TESSERA_DATABASE: JSON.stringify(connection),
    TESSERA_OBJECTS: settings.objects,
    TESSERA_COMMIT: process.env.TESSERA_COMMIT ?? codeCommit(),
    NODE_ENV: "production",
  };
}

/** The commit of the code that runs, "-changed" added where files differ from it. */
function codeCommit(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return git("rev-parse", "HEAD") + (git("status", "--porcelain") === "" ? "" : "-changed");
  } catch {
    return "unknown"; // a copy without git
  }
}

function startApi(settings: Settings, shared: Record<string, string>) {
  return startProcess<number>({
    name: "api",
    args: ["--import", "tsx", "apps/api/src/main.ts"],
    env: { ...shared, TESSERA_API_PORT: process.env.TESSERA_API_PORT ?? "0" },
    logFile: join(settings.logs, "api.log"),
    ready: (line) =>
      line.startsWith('{"listening"') ? (JSON.parse(line) as { listening: number }).listening : undefined,
  });
}

async function startWeb(settings: Settings, apiUrl: string, say: Say) {
  const port = await freePort(settings.webPort);
  if (port !== settings.webPort)
    say(`Port ${settings.webPort} is taken; the dashboard uses ${port} (TESSERA_WEB_PORT chooses)`);
  const next = join("node_modules", "next", "dist", "bin", "next");
  return startProcess<string>({
    name: "dashboard",
    args: [next, "start", "apps/web", "-p", String(port), "-H", "127.0.0.1"],
    env: { TESSERA_API_URL: apiUrl, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    logFile: join(settings.logs, "web.log"),
    ready: (line) => (/Ready in/.test(line) ? `http://127.0.0.1:${port}` : undefined),
  });
}

function startWorker(
  settings: Settings,
  shared: Record<string, string>,
  teamId: string,
  planned: PlannedWorker,
  index: number,
) {
  const name = `${hostname()}-${index + 1}`;
  const spool = join(settings.spools, String(index + 1));
  mkdirSync(spool, { recursive: true });
  return startProcess<string>({
    name: `worker ${index + 1}`,
    args: ["--import", "tsx", "apps/worker/src/main.ts"],
    env: {
      ...shared,
      TESSERA_TEAM: teamId,
      TESSERA_SPOOL: spool,
      TESSERA_PREPARED: join(settings.spools, "prepared"), // decoded items, shared by the workers of this machine
      TESSERA_WORKER_NAME: name,
      ...planned.environment,
    },
    logFile: join(settings.logs, `worker-${index + 1}.log`),
    ready: (line) => (line.startsWith('{"worker"') ? (JSON.parse(line) as { worker: string }).worker : undefined),
  });
}
