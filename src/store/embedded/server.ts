/**
 * @file The embedded PostgreSQL: a real server of this machine, on a private Unix socket, owned by one folder.
 *
 * It outlives the process that started it (Ctrl-C and kill -9 do not reach it), and the next start adopts it.
 */
import { execFile, spawn } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { DomainError } from "@tessera/domain/errors";
import type { Connection } from "../connection.ts";
import { SingleConnection } from "../guardedTransaction.ts";
import { moveIntoPlace, type Place, preparePlace, socketFolder } from "./place.ts";
import { isAlive, readPostmaster, serves } from "./postmasterFile.ts";

export interface EmbeddedPostgres {
  readonly connection: Connection;
  readonly pid: number;
  /** Ends every session, writes everything, ends the server. */
  stop(): Promise<void>;
}

/** The server's superuser and its database. */
const owner = "tessera";
/** Only a part of the socket's name: the server listens on no network, and its socket's folder is its own. */
const port = 5432;
/** After a crash the dead server's children leave within moments; until then a new one refuses to start. */
const retries = { count: 20, milliseconds: 100 };
/** Recovery of a large log takes a while. */
const startMilliseconds = 60_000;
const answerMilliseconds = 2_000;
const logBytes = 16 * 2 ** 20;

/** @throws DomainError UNAVAILABLE with what to do: no binaries for this machine, or the end of the server's log. */
export async function startEmbeddedPostgres({
  directory,
  onLog = () => undefined,
}: {
  directory: string;
  onLog?: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const place = preparePlace(directory);
  if (!existsSync(join(place.data, "PG_VERSION"))) {
    onLog(`Creating a database in ${place.home}`);
    await createCluster(place);
  }
  for (let tries = 0; tries < retries.count; tries++) {
    const running = await adopt(place);
    if (running) {
      onLog(`PostgreSQL runs in ${place.home} (process ${running.pid})`);
      return running;
    }
    if (!(await launch(place))) await sleep(retries.milliseconds);
  }
  const log = existsSync(place.log) ? readFileSync(place.log, "utf8").trimEnd().split("\n").slice(-5).join("\n") : "";
  throw new DomainError(
    "UNAVAILABLE",
    `The embedded PostgreSQL did not start. Its log (${place.log}) ends with:\n${log}\nMend that, or set DATABASE_URL.`,
  );
}

/** Complete or not at all: a crash in between leaves a draft that the next start does not look at. */
async function createCluster(place: Place): Promise<void> {
  const draft = mkdtempSync(join(place.home, "creating-"));
  if (place.user) chownSync(draft, place.user.uid, place.user.gid);
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"];
  const access = ["--auth-local=trust", "--auth-host=reject", `--username=${owner}`];
  try {
    await promisify(execFile)(join(place.binaries, "initdb"), ["-D", draft, "--data-checksums", ...locale, ...access], {
      ...asUser(place),
      timeout: startMilliseconds,
    });
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    const { stderr } = cause as { stderr?: string };
    throw new DomainError(
      "UNAVAILABLE",
      `PostgreSQL could not create a database in ${place.home}: ${stderr}`,
      {},
      cause,
    );
  }
  moveIntoPlace(draft, place.data);
}

const asUser = ({ user, home }: Place) => ({
  cwd: home,
  env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  ...(user ? { uid: user.uid, gid: user.gid } : {}),
});

/** Starts a server. @returns false where it ended at once. */
async function launch(place: Place): Promise<boolean> {
  const tooLong = existsSync(place.log) && statSync(place.log).size > logBytes;
  const log = openSync(place.log, tooLong ? "w" : "a");
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${socketFolder(place)}`,
    "unix_socket_permissions=0700",
    `port=${port}`,
    "fsync=on",
    "jit=off", // our statements are short
    "timezone=UTC",
    "log_timezone=UTC",
  ];
  const child = spawn(
    join(place.binaries, "postgres"),
    ["-D", place.data, ...settings.flatMap((each) => ["-c", each])],
    {
      ...asUser(place),
      detached: true, // its own session: Ctrl-C in our terminal is not for it
      stdio: ["ignore", log, log],
    },
  );
  closeSync(log);
  child.unref();
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  const deadline = Date.now() + startMilliseconds;
  while (!ended && Date.now() < deadline) {
    const found = readPostmaster(place.data);
    if (found?.pid === child.pid && found?.status === "ready") return true;
    await sleep(15);
  }
  return false;
}

/** The server of this folder, where one runs; null where a new one may start. */
async function adopt(place: Place): Promise<EmbeddedPostgres | null> {
  const since = Date.now();
  for (;;) {
    const found = readPostmaster(place.data);
    if (!found || !isAlive(found.pid)) return null; // PostgreSQL itself removes the file of a dead server
    if (!serves(found.pid, place.data)) {
      rmSync(join(place.data, "postmaster.pid"), { force: true }); // the number now belongs to another program
      return null;
    }
    if (found.status === "ready") {
      const at = { socketDirectory: found.socketDirectory, port: found.port, user: owner };
      if (await answers(at))
        return { connection: { ...at, database: owner }, pid: found.pid, stop: () => stop(found.pid) };
    }
    if (Date.now() - since > (found.status === "starting" ? startMilliseconds : answerMilliseconds)) {
      throw new DomainError(
        "UNAVAILABLE",
        `Process ${found.pid} holds the database in ${place.home} but does not answer. End it (kill -INT ${found.pid}), then start again.`,
        { pid: found.pid },
      );
    }
    await sleep(50);
  }
}

/** Makes our database on the first answer. */
async function answers(at: { socketDirectory: string; port: number; user: string }): Promise<boolean> {
  const single = new SingleConnection({ ...at, database: "postgres" });
  try {
    const [known] = await single.sql`select from pg_database where datname = ${owner}`;
    if (!known) await single.sql.unsafe(`create database ${owner}`);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "42P04"; // another process made it in this moment
  } finally {
    await single.end();
  }
}

async function stop(pid: number): Promise<void> {
  const signals: [NodeJS.Signals, number][] = [
    ["SIGINT", 20_000], // fast: sessions end, everything is written
    ["SIGQUIT", 5_000],
  ];
  for (const [signal, patience] of signals) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until; ) await sleep(15);
  }
}
