import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { say } from "./console.mjs";
import { root } from "./paths.mjs";

/** One set-up of this folder at a time: two `npm ci` in one tree destroy each other. */
export const withSetupLock = (work) => withLock(join(root, ".tessera", "setup.lock"), "set-up of this folder", work);

/** Does `work` while no other process of this machine does the same. Waits; takes over from a dead holder. */
export async function withLock(file, what, work) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder !== null && !isRunning(holder)) removeDead(file, holder);
    else if (holder !== null && !told) {
      say(`Another ${what} is running (process ${holder}); waiting for it. If it is none, delete ${file}`);
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Two that wait may both find the holder dead: what is taken away must still be the dead one's. */
function removeDead(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, "utf8") === String(holder)) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT") throw error; // the other one was faster
  }
}

/** Null where it has just been given back, or is being written. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, "utf8")) || null;
  } catch {
    return null;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
