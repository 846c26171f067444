/**
 * @file The Python that benches against PyTorch or MONAI use: one that has exactly these packages, made once in the cache folder.
 *
 * TESSERA_BENCH_PYTHON points at an interpreter of one's own instead: another version of PyTorch, or a build without CUDA's
 * libraries, which pip brings along on Linux and which no bench here needs.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "@tessera/engine/library";

export const torchVersion = "2.15.0";
const ownPython = "TESSERA_BENCH_PYTHON";

interface Wanted {
  /** Of its folder in the cache. */
  readonly name: string;
  readonly packages: readonly string[];
  /** By the names they are imported by. */
  readonly modules: readonly string[];
  /** Of the download, in words; absent: PyTorch's. */
  readonly size?: string;
}

const torch: Wanted = {
  name: `torch-${torchVersion}`,
  packages: [`torch==${torchVersion}`, "numpy==2.4.6", "pillow==13.0.0"],
  modules: ["torch", "numpy", "PIL"],
};

const monai: Wanted = {
  name: `monai-1.6.1-torch-${torchVersion}`,
  packages: [`torch==${torchVersion}`, "numpy==2.4.6", "scipy==1.17.1", "monai==1.6.1"],
  modules: ["torch", "numpy", "scipy", "monai"],
};

const openslide: Wanted = {
  name: "openslide-1.4.7",
  packages: ["openslide-python==1.4.7", "openslide-bin==4.0.1.2", "numpy==2.4.6"],
  modules: ["openslide", "numpy"],
  size: "a few MB",
};

/** As `pythonWithTorch`, of one that imports openslide and numpy. */
export const pythonWithOpenSlide = (environment = process.env): Promise<string> => pythonWith(openslide, environment);

/** The path of an interpreter that imports torch, numpy and Pillow. @throws Error that says what is missing and what to do */
export const pythonWithTorch = (environment = process.env): Promise<string> => pythonWith(torch, environment);

/** As `pythonWithTorch`, of one that imports torch, numpy, SciPy and MONAI. */
export const pythonWithMonai = (environment = process.env): Promise<string> => pythonWith(monai, environment);

async function pythonWith(wanted: Wanted, environment: NodeJS.ProcessEnv): Promise<string> {
  const own = environment[ownPython];
  if (own) {
    await check(own, wanted);
    return own;
  }
  const cache = cacheFolder(environment);
  const folder = join(cache, `bench-python-${wanted.name}-${process.platform}-${process.arch}`);
  const python = join(folder, "bin", "python");
  if (!existsSync(python)) await install(cache, folder, wanted);
  return python;
}

/** Made beside its place and moved there whole: what a stop leaves behind is never taken for a finished one. */
async function install(cache: string, folder: string, wanted: Wanted): Promise<void> {
  const { packages, size = "about 3 GB on Linux" } = wanted;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "bench-python-"));
  const python = join(work, "bin", "python");
  try {
    console.error(`· Installing ${packages.join(", ")} for the benches (${size}, once; ${ownPython} avoids it)`);
    const made = await run("python3", ["-m", "venv", work]);
    if (made !== 0) {
      const why = made === null ? "there is no python3" : "python3 could not make a virtual environment (see above)";
      throw new Error(
        `${why}: install Python 3.11 or newer with venv and pip, or set ${ownPython} to one with PyTorch`,
      );
    }
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off", ...packages];
    if ((await run(python, pip)) !== 0) {
      const fix = `check the network and pip's index, or set ${ownPython} to a Python that has PyTorch`;
      throw new Error(`pip could not install ${packages.join(", ")} (see above): ${fix}`);
    }
    await check(python, wanted);
    await rename(work, folder).catch((error) => {
      if (!existsSync(join(folder, "bin", "python"))) throw error; // another bench was faster
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function check(python: string, { packages, modules }: Wanted): Promise<void> {
  const names = modules.join(", ");
  const ended = await run(python, ["-c", `import ${names}`]);
  if (ended !== 0) throw new Error(`${python} cannot import ${names}: install ${packages.join(" ")} there`);
}

/** The exit code; null where there is no such program. What it writes goes to stderr: the last line of stdout is a bench's own. */
function run(program: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", 2, 2] });
    child.on("error", () => resolve(null));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
