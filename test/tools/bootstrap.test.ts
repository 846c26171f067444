/** @file What the bootstrap says on a machine that lacks something: each time the thing, and what to do. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "tessera-bootstrap-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A PATH that holds only these programs (shell scripts), and Node's own folder where `node` is asked for. */
function pathWith(programs: Record<string, string>): string {
  const directory = mkdtempSync(join(work, "bin-"));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  return [directory, "/bin"].join(delimiter);
}

function setUpTensorFlow(path: string, env: Record<string, string> = {}) {
  const module = JSON.stringify(join(process.cwd(), "tools", "bootstrap", "tensorflow.mjs"));
  const code = `import(${module}).then((m) => m.ensureTensorFlow()).then(() => console.log("ready"), (e) => { console.log(e.message + "\\nFIX " + e.fix); process.exit(1); })`;
  const cache = mkdtempSync(join(work, "cache-"));
  const { TESSERA_TENSORFLOW: _, ...inherited } = process.env;
  const result = spawnSync(process.execPath, ["-e", code], {
    env: { ...inherited, TESSERA_CACHE: cache, PATH: path, ...env },
    encoding: "utf8",
  });
  return { status: result.status, text: result.stdout, progress: result.stderr };
}

describe("the bootstrap, without", () => {
  it("python3", () => {
    const empty = mkdtempSync(join(work, "empty-"));
    const { status, text } = setUpTensorFlow(empty);
    expect(status).toBe(1);
    expect(text).toContain("there is no python3");
    expect(text).toMatch(/FIX .*TESSERA_TENSORFLOW/);
  });

  it("pip", () => {
    const { text } = setUpTensorFlow(pathWith({ python3: 'echo "/usr/bin/python3: No module named pip" >&2; exit 1' }));
    expect(text).toContain("python3 has no pip");
    expect(text).toMatch(/FIX .*python3-pip/);
  });

  it("a network", () => {
    const failure =
      'echo "ERROR: Could not find a version that satisfies the requirement (from versions: none)" >&2; exit 1';
    const { text } = setUpTensorFlow(pathWith({ python3: failure }));
    expect(text).toContain("pip could not download TensorFlow");
    expect(text).toMatch(/FIX check the network/);
  });

  it("the pinned file", () => {
    const failure = 'echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE" >&2; exit 1';
    expect(setUpTensorFlow(pathWith({ python3: failure })).text).toContain("not the pinned one");
  });

  it("the library in the folder that was named", () => {
    const folder = join(work, "own");
    mkdirSync(folder);
    const { text } = setUpTensorFlow(process.env.PATH ?? dirname(process.execPath), { TESSERA_TENSORFLOW: folder });
    expect(text).toContain("does not hold libtensorflow_cc.so.2 and libtensorflow_framework.so.2");
  });
});

it("takes a named folder that holds the library, and fetches nothing", () => {
  const folder = join(work, "named");
  mkdirSync(folder);
  for (const name of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]) writeFileSync(join(folder, name), "");
  const { text, progress } = setUpTensorFlow(mkdtempSync(join(work, "none-")), { TESSERA_TENSORFLOW: folder });
  expect(text.trim()).toBe("ready");
  expect(progress).toBe("");
});

it("names the commands when it is given another", () => {
  const { status, stderr } = spawnSync(process.execPath, ["tools/bootstrap.mjs", "dance"], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toContain('unknown command "dance"');
  expect(stderr).toContain("demo, start");
});

it("lets one set-up of a folder wait for another, and takes over from one that died", () => {
  // A copy of the bootstrap, so that its lock is not this repository's.
  const copy = mkdtempSync(join(work, "copy-"));
  cpSync("tools", join(copy, "tools"), { recursive: true });
  const lock = JSON.stringify(join(copy, "tools", "bootstrap", "lock.mjs"));
  const dead = spawnSync(process.execPath, ["-e", "process.stdout.write(String(process.pid))"], {
    encoding: "utf8",
  }).stdout;
  mkdirSync(join(copy, ".tessera"));
  writeFileSync(join(copy, ".tessera", "setup.lock"), dead);
  const code = `import(${lock}).then(async ({ withSetupLock }) => {
    const order = [];
    const pause = () => new Promise((resolve) => setTimeout(resolve, 700));
    await Promise.all(["a", "b"].map((name) => withSetupLock(async () => { order.push(name); await pause(); order.push(name); })));
    console.log(order.join(""));
  })`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", code], { encoding: "utf8" });
  expect(stdout.trim(), stderr).toMatch(/^(aabb|bbaa)$/); // never mixed
  expect(stderr).toContain("Another set-up of this folder is running");
});

describe("OpenSlide", () => {
  const setUp = (env: Record<string, string>) => {
    const module = JSON.stringify(join(process.cwd(), "tools", "bootstrap", "openslide.mjs"));
    const code = `import(${module}).then((m) => m.ensureOpenSlide()).then(() => console.log("ready"), (e) => { console.log(e.message + "\\nFIX " + e.fix); process.exit(1); })`;
    const { TESSERA_OPENSLIDE: _, ...inherited } = process.env;
    return spawnSync(process.execPath, ["-e", code], { env: { ...inherited, ...env }, encoding: "utf8" }).stdout;
  };
  const file = process.platform === "darwin" ? "libopenslide.1.dylib" : "libopenslide.so.1";

  it("is taken from a named folder that holds it, and asked for where that does not", () => {
    const folder = join(work, "openslide");
    mkdirSync(folder);
    expect(setUp({ TESSERA_OPENSLIDE: folder })).toContain(`does not hold ${file}`);
    writeFileSync(join(folder, file), "");
    expect(setUp({ TESSERA_OPENSLIDE: folder }).trim()).toBe("ready");
  });

  it("says what to do without pip, by its own variable", () => {
    const path = pathWith({ python3: 'echo "/usr/bin/python3: No module named pip" >&2; exit 1' });
    const text = setUp({ TESSERA_CACHE: mkdtempSync(join(work, "cache-")), PATH: path });
    expect(text).toMatch(/python3 has no pip\nFIX .*TESSERA_OPENSLIDE/);
  });
});
