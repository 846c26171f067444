import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem, withProgress } from "./console.mjs";
import { modernNode } from "./packages.mjs";
import { fingerprint, root } from "./paths.mjs";
import { run } from "./run.mjs";

const stampFile = join(root, "apps", "web", ".next", "tessera-stamp");

/** Builds the dashboard once per state of its sources. */
export async function ensureWebBuild() {
  const stamp = fingerprint(["apps/web", "package-lock.json"]);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const { code, output } = await withProgress("Building the dashboard", () =>
    run(modernNode(), [next, "build", join(root, "apps", "web")], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
    }),
  );
  if (code !== 0)
    throw new Problem(
      `the dashboard does not build:\n${output.slice(-3000)}`,
      "this is a mistake in apps/web, or the machine has less than 2 GB of memory free",
    );
  writeFileSync(stampFile, stamp);
}
