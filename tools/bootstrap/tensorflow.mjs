import { existsSync } from "node:fs";
import { mkdir, rename, rm, statfs, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { Problem, say } from "./console.mjs";
import { withLock } from "./lock.mjs";
import { cache } from "./paths.mjs";
import { libraryFiles, sets, version } from "./tensorflowWheels.mjs";
import { installWheel } from "./wheel.mjs";

const machine = `${platform()}-${arch()}`;
const holdsLibraries = (directory) => libraryFiles.every((name) => existsSync(join(directory, name)));

/** Where a set is installed; src/engine/library.ts looks in the same folder. */
const folderOf = (device) => join(cache, `tensorflow-${device}-${version}-${machine}`);
/** The CUDA set keeps the wheels' layout, by which TensorFlow finds NVIDIA's libraries beside it. */
const librariesIn = (device, folder) => (device === "cuda" ? join(folder, "tensorflow") : folder);

const megabytesOf = ({ wheels }) => wheels.reduce((sum, { megabytes }) => sum + megabytes, 0);
const sizeOf = (set) =>
  `${megabytesOf(set) < 1000 ? `${megabytesOf(set)} MB` : `${(megabytesOf(set) / 1000).toFixed(1)} GB`} to download, ${set.gigabytes} GB on disk`;

/** For the commands that train: the CPU set is brought where it lacks, the CUDA set, which is large, only by its command. */
export async function ensureTensorFlow() {
  const own = process.env.TESSERA_TENSORFLOW;
  if (own) {
    if (holdsLibraries(own)) return;
    throw new Problem(
      `TESSERA_TENSORFLOW=${own} does not hold ${libraryFiles.join(" and ")}`,
      "point it at the folder of these two files",
    );
  }
  const device = process.env.TESSERA_DEVICE || "cpu";
  if (!sets[device]) throw new Problem(`TESSERA_DEVICE: expected cpu or cuda, got "${device}"`, "correct or unset it");
  if (holdsLibraries(librariesIn(device, folderOf(device)))) return;
  if (device === "cpu") return install("cpu");
  throw new Problem(
    `TESSERA_DEVICE=cuda, and TensorFlow's CUDA set is not in ${folderOf("cuda")}`,
    `run \`npm run tessera -- install cuda\`${sets.cuda[machine] ? ` (${sizeOf(sets.cuda[machine])})` : ""}, or unset TESSERA_DEVICE`,
  );
}

/** `tessera install cpu | cuda`. */
export async function installTensorFlow(device) {
  if (!sets[device]) {
    const known = Object.keys(sets).map((name) => {
      const set = sets[name][machine];
      const there = holdsLibraries(librariesIn(name, folderOf(name))) ? "installed" : "not installed";
      return `\n    ${name.padEnd(6)}${set ? sizeOf(set) : `none for ${machine}`}; ${there}`;
    });
    throw new Problem(
      device === undefined ? "install: which set?" : `there is no set "${device}"`,
      `npm run tessera -- install SET, with one of${known.join("")}`,
    );
  }
  if (holdsLibraries(librariesIn(device, folderOf(device)))) {
    return say(`TensorFlow ${version} for ${device} is installed already, in ${folderOf(device)}`);
  }
  await install(device);
  say(`TensorFlow ${version} for ${device} is in ${folderOf(device)}`);
  if (process.env.TESSERA_TENSORFLOW) say("TESSERA_TENSORFLOW is set and is used instead; unset it to use this set");
  if (device === "cuda") say("TESSERA_DEVICE=cuda uses it; `npm run tessera -- doctor` shows whether it works here");
}

/** What is unpacked is kept, so that a command that was interrupted goes on with the next wheel. */
async function install(device) {
  const set = sets[device][machine];
  if (!set) {
    throw new Problem(
      `PyPI has no TensorFlow ${version} for ${device} on ${machine}`,
      device === "cuda"
        ? "use the CPU there, or an x86-64 Linux machine; an own CUDA build is taken from TESSERA_TENSORFLOW"
        : "point TESSERA_TENSORFLOW at the folder of an own build",
    );
  }
  const folder = folderOf(device);
  await mkdir(cache, { recursive: true });
  await withLock(`${folder}.lock`, `installation of ${folder}`, async () => {
    if (holdsLibraries(librariesIn(device, folder))) return; // another process was faster
    const work = `${folder}.partial`;
    const target = join(work, "set");
    await mkdir(target, { recursive: true });
    await checkSpace(set, work);
    if (!set.tried) say(`Nobody has tried TensorFlow's wheel for ${machine} with Tessera yet; please tell how it goes`);
    say(`TensorFlow ${version} for ${device}: ${sizeOf(set)}`);
    for (const [index, wheel] of set.wheels.entries()) {
      const stamp = join(work, `${wheel.name}-${wheel.version}.done`);
      if (existsSync(stamp)) continue;
      await installWheel(wheel, work, target, set.wheels.length > 1 ? `, ${index + 1} of ${set.wheels.length}` : "");
      await writeFile(stamp, wheel.sha256);
    }
    const made = device === "cuda" ? target : join(target, "tensorflow");
    const versions = Object.fromEntries(set.wheels.map((wheel) => [wheel.name, wheel.version]));
    await writeFile(join(made, "wheels.json"), `${JSON.stringify(versions, null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(made, folder);
    await rm(work, { recursive: true, force: true });
  });
}

/** The set, and the largest wheel beside it while it is unpacked. */
async function checkSpace(set, work) {
  const { bavail, bsize } = await statfs(dirname(work));
  const needed = set.gigabytes + Math.max(...set.wheels.map(({ megabytes }) => megabytes)) / 1000;
  const done = set.wheels.filter((wheel) => existsSync(join(work, `${wheel.name}-${wheel.version}.done`)));
  const left = needed - (done.length / set.wheels.length) * set.gigabytes; // roughly: what an earlier try unpacked
  const free = (bavail * bsize) / 1e9;
  if (free < left) {
    throw new Problem(
      `only ${free.toFixed(1)} GB are free in ${dirname(work)}; this set needs ${left.toFixed(1)} GB`,
      "free some space, or point TESSERA_CACHE at a larger disk",
    );
  }
}
