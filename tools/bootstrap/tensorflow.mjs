import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { Problem, withProgress } from "./console.mjs";
import { cache } from "./paths.mjs";
import { run } from "./run.mjs";

/** One entry per platform that was tried. src/engine/library.ts looks in the same folder. */
const wheels = {
  "linux-x64": {
    tag: "manylinux_2_27_x86_64",
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    megabytes: 274,
  },
};
const version = "2.21.0";
const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

const holdsLibraries = (directory) => libraries.every((name) => existsSync(join(directory, name)));

/** Fetches TensorFlow's C library from PyPI's wheel with pip, checks its hash and unpacks the two files that are needed. */
export async function ensureTensorFlow() {
  const own = process.env.TESSERA_TENSORFLOW;
  if (own) {
    if (holdsLibraries(own)) return;
    throw new Problem(
      `TESSERA_TENSORFLOW=${own} does not hold ${libraries.join(" and ")}`,
      "point it at the folder of these two files",
    );
  }
  const target = join(cache, `tensorflow-cpu-${version}-${platform()}-${arch()}`);
  if (holdsLibraries(target)) return;

  const wheel = wheels[`${platform()}-${arch()}`];
  if (!wheel) {
    throw new Problem(
      `there is no tried TensorFlow wheel for ${platform()}-${arch()}`,
      `install tensorflow ${version} by pip and set TESSERA_TENSORFLOW to its folder "tensorflow"`,
    );
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "download-"));
  try {
    await download(wheel, work);
    await unpack(work);
    await rm(target, { recursive: true, force: true });
    await rename(join(work, "tensorflow"), target).catch(async (error) => {
      if (!holdsLibraries(target)) throw error; // another process was faster
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(wheel, work) {
  const requirements = join(work, "requirements.txt");
  await writeFile(requirements, `tensorflow-cpu==${version} --hash=sha256:${wheel.sha256}\n`);
  const args = [
    "-m",
    "pip",
    "download",
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    "--disable-pip-version-check",
  ];
  args.push(
    "--progress-bar",
    "off",
    "--python-version",
    "3.11",
    "--platform",
    wheel.tag,
    "-d",
    work,
    "-r",
    requirements,
  );
  // pip writes to its temporary folder first: putting that here makes the bytes so far visible.
  const { code, output } = await withProgress(
    `Downloading TensorFlow ${version} (${wheel.megabytes} MB)`,
    () => run("python3", args, { env: { ...process.env, TMPDIR: work } }),
    () => `${(bytesUnder(work) / 1e6).toFixed(0)} of ${wheel.megabytes} MB`,
  );
  if (code === 0) return;
  const tail = output.trim().split("\n").slice(-4).join("\n    ");
  if (code === 127)
    throw new Problem(
      "there is no python3",
      "install python3 and pip, or set TESSERA_TENSORFLOW to a folder that has the library",
    );
  if (/No module named pip/.test(output)) {
    throw new Problem("python3 has no pip", "install it (Debian: apt install python3-pip), or set TESSERA_TENSORFLOW");
  }
  if (/DO NOT MATCH THE HASHES/.test(output))
    throw new Problem(
      "the downloaded file is not the pinned one",
      "try again; if it stays so, a proxy alters downloads",
    );
  throw new Problem(
    `pip could not download TensorFlow:\n    ${tail}`,
    "check the network and pip's index, or set TESSERA_TENSORFLOW",
  );
}

async function unpack(work) {
  const wheelFile = readdirSync(work).find((name) => name.endsWith(".whl"));
  const script =
    "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1]) as z:\n" +
    "  for name in sys.argv[3:]: z.extract('tensorflow/' + name, sys.argv[2])";
  const { code, output } = await withProgress("Unpacking TensorFlow (0.9 GB)", () =>
    run("python3", ["-c", script, join(work, wheelFile), work, ...libraries]),
  );
  if (code !== 0)
    throw new Problem(
      `unpacking failed: ${output.trim().split("\n").at(-1)}`,
      "free about 1.5 GB and run the command again",
    );
}

function bytesUnder(directory) {
  let bytes = 0;
  try {
    for (const name of readdirSync(directory, { recursive: true })) bytes += statSync(join(directory, name)).size;
  } catch {
    // files come and go while pip works; the figure is only shown
  }
  return bytes;
}
