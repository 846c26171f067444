#!/usr/bin/env node
/**
 * @file The door to every command of this repository. It needs only Node >= 20 and npm; it sets up what is missing (packages, Node 24,
 * TensorFlow, OpenSlide, the built dashboard) with progress, and then runs the command. The second time it only checks stamps.
 *
 *   node tools/bootstrap.mjs demo | start | test | check | bench | cli  [arguments]
 *   node tools/bootstrap.mjs install cpu | cuda     TensorFlow's libraries; needs no packages (`npm run tessera -- install …`)
 */
import { spawn } from "node:child_process";
import { ensureChromium } from "./bootstrap/chromium.mjs";
import { Problem, say } from "./bootstrap/console.mjs";
import { withSetupLock } from "./bootstrap/lock.mjs";
import { checkDisk, checkNode } from "./bootstrap/machine.mjs";
import { ensureOpenSlide } from "./bootstrap/openslide.mjs";
import { ensurePackages, modernNode } from "./bootstrap/packages.mjs";
import { ensureTensorFlow, installTensorFlow } from "./bootstrap/tensorflow.mjs";
import { ensureWebBuild } from "./bootstrap/web.mjs";

/** What each command needs besides the packages, and what it then runs (arguments for Node, before the caller's own). */
const commands = {
  demo: { needs: ["tensorflow", "openslide", "web"], runs: ["--import", "tsx", "apps/cli/src/main.ts", "demo"] },
  start: { needs: ["tensorflow", "openslide", "web"], runs: ["--import", "tsx", "apps/cli/src/main.ts", "start"] },
  cli: { needs: [], runs: ["--import", "tsx", "apps/cli/src/main.ts"] },
  bench: { needs: ["tensorflow", "openslide", "web"], runs: ["--import", "tsx", "bench/main.ts"] },
  test: { needs: ["tensorflow", "openslide", "web", "chromium"], runs: ["tools/runTests.mjs"] },
  check: { needs: ["tensorflow", "openslide", "web", "chromium"], runs: ["tools/check.mjs"] },
  setup: { needs: ["tensorflow", "openslide", "web"], runs: undefined },
};

async function main() {
  const startedAt = process.env.TESSERA_STARTED_AT ?? String(Date.now());
  const [name = "", ...rest] = process.argv.slice(2);
  if (name === "install" || (name === "cli" && rest[0] === "install")) {
    checkNode();
    return installTensorFlow(name === "install" ? rest[0] : rest[1]);
  }
  const command = commands[name];
  if (!command) {
    throw new Problem(`unknown command "${name}"`, `use one of: ${Object.keys(commands).join(", ")}, install`);
  }

  checkNode();
  await checkDisk();
  const needs = new Set(command.needs);
  // TensorFlow's download needs no package, so both run at once; the dashboard's build waits for the packages.
  const results = await Promise.allSettled([
    withSetupLock(async () => {
      await ensurePackages();
      if (needs.has("web")) await ensureWebBuild();
    }),
    needs.has("tensorflow") ? ensureTensorFlow() : undefined,
    needs.has("openslide") ? ensureOpenSlide() : undefined,
    needs.has("chromium") ? ensureChromium() : undefined,
  ]);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  if (!command.runs) return say("Everything is set up.");

  // Ctrl-C reaches the whole terminal group: the command decides what to stop; this process only waits for it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
  const node = modernNode();
  const child = spawn(node, [...command.runs, ...rest], {
    stdio: "inherit",
    env: { ...process.env, TESSERA_STARTED_AT: startedAt },
  });
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

main().catch((error) => {
  if (!(error instanceof Problem)) throw error;
  console.error(`\n  Tessera cannot start: ${error.message}\n  What to do: ${error.fix}\n`);
  process.exit(1);
});
