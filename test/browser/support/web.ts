/** @file The built dashboard as a process of its own, in front of a running api. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const directory = fileURLToPath(new URL("../../../apps/web", import.meta.url));
const nextCommand = createRequire(import.meta.url).resolve("next/dist/bin/next");

export const isBuilt = (): boolean => existsSync(`${directory}/.next/BUILD_ID`);
export const buildMissing = "apps/web/.next is missing: build the dashboard first with `npx next build apps/web`.";

export interface Web {
  readonly url: string;
  close(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Resolves when the first page is served. */
export async function startWeb(apiUrl: string): Promise<Web> {
  const port = await freePort();
  const env = { ...process.env, TESSERA_API_URL: apiUrl, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const child = spawn(process.execPath, [nextCommand, "start", directory, "-p", String(port), "-H", "127.0.0.1"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  child.stdout.on("data", (text) => {
    told += text;
  });
  child.stderr.on("data", (text) => {
    told += text;
  });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + 120_000; Date.now() < until; ) {
    if (child.exitCode !== null) break;
    const served = await fetch(`${url}/sign-in`).then(
      (response) => response.ok,
      () => false,
    );
    if (served) return { url, close: () => stop(child) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop(child);
  throw new Error(`The dashboard did not start:\n${told}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
