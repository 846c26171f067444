/**
 * @file One embedded PostgreSQL per test run: vitest's global set-up names its folder, the first test that needs it starts
 * it, and the end of the run stops it. What a killed run left behind is cleared away by the next.
 */
import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, readPostmaster } from "@tessera/store/embedded/postmasterFile";

const prefix = "tessera-test-postgres-";

export const testServerVariable = "TESSERA_TEST_POSTGRES";

export default async function setup(): Promise<() => Promise<void>> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length)))) await clear(join(tmpdir(), name));
  }
  const directory = join(tmpdir(), `${prefix}${process.pid}`);
  mkdirSync(directory);
  chmodSync(directory, 0o755); // as root the server runs as another user, who must get in
  process.env[testServerVariable] = directory;
  return () => clear(directory);
}

async function clear(directory: string): Promise<void> {
  const pid = readPostmaster(join(directory, "data"))?.pid;
  if (pid && isAlive(pid)) {
    process.kill(pid, "SIGQUIT"); // its data goes too
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
