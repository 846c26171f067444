import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, readPostmaster } from "@tessera/store/embedded/postmasterFile";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@tessera/store/embedded/server";
import { SingleConnection } from "@tessera/store/guardedTransaction";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

let parent: string;
let directory: string;
let server: EmbeddedPostgres | undefined;

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "tessera-embedded-"));
  chmodSync(parent, 0o755);
  directory = join(parent, "deep/er"); // neither folder is there yet
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const start = async () => {
  server = await startEmbeddedPostgres({ directory });
  return server;
};
async function ask<T>({ connection }: EmbeddedPostgres, text: string): Promise<T[]> {
  const single = new SingleConnection(connection);
  try {
    return (await single.sql.unsafe(text)) as unknown as T[];
  } finally {
    await single.end();
  }
}
const write = (to: EmbeddedPostgres) =>
  ask(to, "create table if not exists kept (x integer); insert into kept values (1)");
const read = async (from: EmbeddedPostgres) => (await ask<{ n: number }>(from, "select count(*) as n from kept"))[0]!.n;

describe("the embedded PostgreSQL", () => {
  it("starts durable, checked and off the network, and is adopted by a second start", async () => {
    const [one, two] = await Promise.all([startEmbeddedPostgres({ directory }), start()]);
    expect(two.pid).toBe(one.pid);
    expect(two.connection).toEqual(one.connection);
    const [settings] = await ask(
      one,
      `
      select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
        current_setting('listen_addresses') as addresses, current_setting('synchronous_commit') as commit,
        current_setting('server_encoding') as encoding, 'ä' < 'z' as linguistic`,
    );
    expect(settings).toEqual({
      fsync: "on",
      checksums: "on",
      addresses: "",
      commit: "on",
      encoding: "UTF8",
      linguistic: false,
    });
    await write(one);
  });

  it("lets nobody else near its socket", async () => {
    const { connection } = await start();
    const { socketDirectory } = connection as { socketDirectory: string };
    expect(statSync(socketDirectory).mode & 0o777).toBe(0o700);
    expect(statSync(socketDirectory).uid).toBe(statSync(join(directory, "data")).uid);
    expect(Buffer.byteLength(socketDirectory)).toBeLessThan(85);
  });

  it("keeps what was committed when it is killed, and starts again at once", async () => {
    const one = await start();
    const before = await read(one);
    await write(one);
    process.kill(one.pid, "SIGKILL");
    const two = await start(); // its children may still be leaving
    expect(two.pid).not.toBe(one.pid);
    expect(await read(two)).toBe(before + 1);
  });

  it("starts although its lock file names a process that is something else by now", async () => {
    const one = await start();
    const before = await read(one);
    const lock = `${process.pid}\n${join(directory, "data")}\n0\n5432\n/nowhere\n\n\nready   \n`;
    await one.stop();
    writeFileSync(join(directory, "data/postmaster.pid"), lock);
    const two = await start();
    expect(await read(two)).toBe(before);
    expect(isAlive(process.pid)).toBe(true);
  });

  it("is gone after stop, twice told too", async () => {
    const one = await start();
    await one.stop();
    await one.stop();
    expect(isAlive(one.pid)).toBe(false);
    expect(readPostmaster(join(directory, "data"))).toBeNull();
  });

  it("says why it did not start", async () => {
    const broken = join(parent, "broken");
    mkdirSync(join(broken, "data"), { recursive: true });
    writeFileSync(join(broken, "data/PG_VERSION"), "18\n");
    await expect(startEmbeddedPostgres({ directory: broken })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringMatching(/did not start[\s\S]*DATABASE_URL/),
    });
  });

  it.runIf(process.getuid?.() === 0)(
    "as root, moves where its user can go when the folder is out of reach",
    async () => {
      const shut = mkdtempSync(join(tmpdir(), "tessera-shut-")); // 0700
      const one = await startEmbeddedPostgres({ directory: join(shut, "postgres") });
      const [place] = await ask<{ at: string }>(one, "select current_setting('data_directory') as at");
      await one.stop();
      rmSync(shut, { recursive: true });
      rmSync(join(place!.at, ".."), { recursive: true });
      expect(place!.at).toMatch(/^\/var\/lib\/tessera\/[0-9a-f]{16}\/data$/);
    },
  );

  it("outlives the process that started it", async () => {
    // The server's session is its own, so a signal to our terminal's group is not for it.
    const one = await start();
    await sleep(0);
    if (!existsSync(`/proc/${one.pid}/stat`)) return;
    const { readFileSync } = await import("node:fs");
    const fields = readFileSync(`/proc/${one.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    expect(Number(fields[3])).toBe(one.pid); // session id
  });
});
