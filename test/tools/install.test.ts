/** @file `tessera install`: from pip's answers to a set that the engine finds. pip is played by a script; the rest is real. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Device, findLibrary, libraryFiles } from "@tessera/engine/library";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const hasSets = process.platform === "linux" && process.arch === "x64";
const python = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout.trim();

let work: string;
let cache: string;
let bin: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "tessera-install-"));
  bin = join(work, "bin");
  mkdirSync(bin);
  writeFileSync(
    join(work, "pip.py"),
    `import os, sys, zipfile
folder = sys.argv[sys.argv.index("-d") + 1]
wanted = open(sys.argv[sys.argv.index("-r") + 1]).read()
name = wanted.split("==")[0]
open(os.environ["PIP_LOG_OF_TEST"], "a").write(wanted)
if name == os.environ.get("BREAK_AT"):
    sys.exit("ERROR: connection broken")
def member(z, path, mode):
    info = zipfile.ZipInfo(path)
    info.external_attr = (0o100000 | mode) << 16
    z.writestr(info, path)
with zipfile.ZipFile(os.path.join(folder, name + "-1-py3-none-any.whl"), "w") as z:
    if name.startswith("tensorflow"):
        member(z, "tensorflow/libtensorflow_cc.so.2", 0o644)
        member(z, "tensorflow/libtensorflow_framework.so.2", 0o644)
        member(z, "tensorflow/python/ops.py", 0o644)
    else:
        part = name.split("-", 1)[1].replace("-cu12", "").replace("-", "_")
        member(z, f"nvidia/{part}/lib/lib{part}.so.12", 0o644)
        member(z, f"nvidia/{part}/include/{part}.h", 0o644)
        member(z, f"nvidia/{part}/bin/{part}as", 0o744)
        member(z, f"{part}-1.dist-info/METADATA", 0o644)
`,
  );
  writeFileSync(
    join(bin, "python3"),
    `#!/bin/sh\nif [ "$1" = -m ]; then exec ${python} ${join(work, "pip.py")} "$@"; else exec ${python} "$@"; fi\n`,
  );
  chmodSync(join(bin, "python3"), 0o755);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));
beforeEach(() => {
  cache = mkdtempSync(join(work, "cache-"));
});

function bootstrap(args: readonly string[], env: Record<string, string> = {}) {
  const { TESSERA_TENSORFLOW: _, TESSERA_DEVICE: __, ...inherited } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ["tools/bootstrap.mjs", ...args], {
    encoding: "utf8",
    env: {
      ...inherited,
      TESSERA_CACHE: cache,
      PATH: [bin, process.env.PATH].join(delimiter),
      PIP_LOG_OF_TEST: join(cache, "pip.log"),
      ...env,
    },
  });
  return { status, said: stderr };
}

const askedOfPip = () => readFileSync(join(cache, "pip.log"), "utf8").trim().split("\n");
const found = (device: Device) => findLibrary(device, { TESSERA_CACHE: cache });

describe.runIf(hasSets)("tessera install", () => {
  it("brings the CPU set to where the engine looks, with what is needed of the wheel only", () => {
    const { status, said } = bootstrap(["cli", "install", "cpu"]);
    expect(status, said).toBe(0);
    expect(said).toMatch(/for cpu: 274 MB to download, 0\.9 GB on disk/); // told before it starts
    expect(readdirSync(found("cpu")).sort()).toEqual([...libraryFiles, "wheels.json"].sort());
    expect(askedOfPip()).toEqual([expect.stringMatching(/^tensorflow-cpu==2\.21\.0 --hash=sha256:[0-9a-f]{64}$/)]);

    expect(bootstrap(["cli", "install", "cpu"]).said).toContain("installed already");
    expect(askedOfPip()).toHaveLength(1);
  });

  it("goes on with the next wheel after it broke off, and lays the CUDA set out as TensorFlow searches it", () => {
    const broken = bootstrap(["install", "cuda"], { BREAK_AT: "nvidia-cuda-nvcc-cu12" });
    expect(broken.status).toBe(1);
    expect(broken.said).toMatch(
      /could not download nvidia-cuda-nvcc-cu12.*connection broken.*what is complete is kept/s,
    );
    expect(() => found("cuda")).toThrow("install cuda");
    const first = askedOfPip();

    const { status, said } = bootstrap(["install", "cuda"]);
    expect(status, said).toBe(0);
    const asked = askedOfPip();
    expect(asked).toHaveLength(14); // thirteen wheels, one of them twice
    expect(asked[first.length]).toBe(first.at(-1));
    expect(asked.every((line) => /^[a-z0-9-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}$/.test(line))).toBe(true);

    const set = join(found("cuda"), "..");
    expect(readdirSync(set).sort()).toEqual(["nvidia", "tensorflow", "wheels.json"]);
    expect(existsSync(join(set, "nvidia/cudnn/lib/libcudnn.so.12"))).toBe(true);
    expect(existsSync(join(set, "nvidia/cudnn/include"))).toBe(false);
    expect(statSync(join(set, "nvidia/cuda_nvcc/bin/cuda_nvccas")).mode & 0o777).toBe(0o755); // everyone may run it
    expect(JSON.parse(readFileSync(join(set, "wheels.json"), "utf8"))).toMatchObject({ tensorflow: "2.21.0" });
    expect(readdirSync(cache).filter((name) => /partial|lock/.test(name))).toEqual([]);
  });

  it("takes over from an installation that was killed", () => {
    const dead = spawnSync(process.execPath, ["-e", "process.stdout.write(String(process.pid))"], { encoding: "utf8" });
    writeFileSync(join(cache, "tensorflow-cpu-2.21.0-linux-x64.lock"), dead.stdout);
    expect(bootstrap(["install", "cpu"]).status).toBe(0);
    expect(() => found("cpu")).not.toThrow();
  });
});

it("lists the sets where none is named", () => {
  const { status, said } = bootstrap(["cli", "install"]);
  expect(status).toBe(1);
  expect(said).toMatch(/which set\?.*cpu .*not installed.*cuda .*not installed/s);
  expect(bootstrap(["install", "rocm"]).said).toContain('there is no set "rocm"');
});

describe("a command that trains", () => {
  const ensure = (env: Record<string, string>) => {
    const module = JSON.stringify(join(process.cwd(), "tools", "bootstrap", "tensorflow.mjs"));
    const code = `import(${module}).then((m) => m.ensureTensorFlow()).catch((e) => console.log(e.message + " FIX " + e.fix))`;
    const { TESSERA_TENSORFLOW: _, ...inherited } = process.env;
    return spawnSync(process.execPath, ["-e", code], {
      encoding: "utf8",
      env: { ...inherited, TESSERA_CACHE: cache, ...env },
    }).stdout;
  };

  it("does not fetch the large CUDA set unasked, but names the command", () => {
    expect(ensure({ TESSERA_DEVICE: "cuda" })).toMatch(
      /CUDA set is not in .* FIX run `npm run tessera -- install cuda`/,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  it("refuses a device that is none", () => {
    expect(ensure({ TESSERA_DEVICE: "gpu" })).toContain('TESSERA_DEVICE: expected cpu or cuda, got "gpu"');
  });
});
