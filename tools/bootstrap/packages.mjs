import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { Problem, withProgress } from "./console.mjs";
import { fingerprint, root } from "./paths.mjs";
import { run } from "./run.mjs";

const stampFile = join(root, "node_modules", ".tessera-stamp");

/** Brings node_modules to what package-lock.json says, once per lock file. */
export async function ensurePackages() {
  const stamp = fingerprint(["package-lock.json", ".npmrc"]);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const { code, output } = await withProgress("Installing packages (about 700, 1.5 GB)", () =>
    run("npm", ["ci", "--no-progress"], { cwd: root }),
  );
  if (code !== 0) throw whyNpmFailed(output);
  writeFileSync(stampFile, stamp);
}

function whyNpmFailed(output) {
  const tail = output.trim().split("\n").slice(-6).join("\n    ");
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|network/i.test(output)) {
    return new Problem(
      `npm cannot reach its registry:\n    ${tail}`,
      "check the network, a proxy (HTTPS_PROXY) or the registry in your npm configuration",
    );
  }
  if (/ENOSPC/.test(output)) return new Problem("the disk is full", "free about 2 GB and run the command again");
  return new Problem(`npm ci failed:\n    ${tail}`, "run `npm ci` by hand to see all of it");
}

/** Node 24, brought by an npm package where the machine has an older one. */
export function modernNode() {
  const brought = join(root, "node_modules", `node-${platform()}-${arch()}`, "bin", "node");
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Problem(
    `no Node 24 for ${platform()}-${arch()} among the packages`,
    "install Node 24 and run the command with it",
  );
}
