/** @file The api as a process: what it loads, what it does without its database, how it ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createApiToken } from "@tessera/store/apiTokens";
import { newToken } from "@tessera/store/secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let database: TestDatabase;
let objects: string;
beforeAll(async () => {
  database = await testDatabase();
  objects = await mkdtemp(join(tmpdir(), "tessera-api-"));
});
afterAll(async () => {
  await database.close();
  await rm(objects, { recursive: true, force: true });
});

/** The database's socket under a name of our own: without it the server is unreachable, and nobody else notices. */
const socket = {
  get paths() {
    const { socketDirectory, port } = database.connection as { socketDirectory: string; port: number };
    return { real: join(socketDirectory, `.s.PGSQL.${port}`), ours: join(objects, `.s.PGSQL.${port}`) };
  },
  make: () => symlink(socket.paths.real, socket.paths.ours),
  remove: () => unlink(socket.paths.ours),
};

async function startApi() {
  await socket.make();
  const env = {
    ...process.env,
    TESSERA_DATABASE: JSON.stringify({ ...database.connection, socketDirectory: objects }),
    TESSERA_OBJECTS: objects,
    TESSERA_API_PORT: "0",
  };
  const child = spawn(process.execPath, ["--import", "tsx", "apps/api/src/main.ts"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, port: (JSON.parse(line) as { listening: number }).listening };
}

describe("the api process", () => {
  it("serves without TensorFlow, outlives its database being away, and ends on SIGTERM", async () => {
    const { teamId, userId, db, owner } = database;
    const { token, tokenHash } = newToken();
    const row = { userId, name: "t", role: "viewer", tokenHash, expiresAt: null } as const;
    await db.asTeam(teamId, (sql) => createApiToken(sql, teamId, row));
    const { child, port } = await startApi();
    try {
      const ask = async () => {
        const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: "{ me { name } projects { name } datasets { totalCount } }" }),
        });
        return { status: response.status, text: await response.text() };
      };
      expect(await ask()).toMatchObject({ status: 200, text: expect.stringContaining("Ada") });
      const maps = await readFile(`/proc/${child.pid}/maps`, "utf8");
      expect(maps).not.toMatch(/tensorflow|sharp|libvips/i);

      await socket.remove();
      await owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      for (let i = 0; i < 3; i++) {
        const away = await ask();
        expect(away.status).toBe(503);
        expect(away.text).toContain("UNAVAILABLE");
        expect(away.text).not.toMatch(/s\.PGSQL|\/tmp|ENOENT/);
      }
      await socket.make();
      expect((await ask()).status).toBe(200);

      child.kill("SIGTERM");
      const [code] = await once(child, "exit");
      expect(code).toBe(0);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
