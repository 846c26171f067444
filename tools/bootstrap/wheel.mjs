import { readdirSync, rmSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, withProgress } from "./console.mjs";
import { run } from "./run.mjs";

/**
 * Fetches one wheel with pip, which checks its hash, and unpacks what is asked of it into `target`.
 * @param place "3 of 13", for the person who waits
 */
export async function installWheel(wheel, work, target, place) {
  const folder = join(work, "wheel");
  rmSync(folder, { recursive: true, force: true }); // half a download of an earlier try
  await mkdir(folder, { recursive: true });
  await download(wheel, folder, place);
  await unpack(wheel, folder, target);
  rmSync(folder, { recursive: true, force: true });
}

async function download({ name, version, sha256, megabytes, platforms, variable }, folder, place) {
  const requirements = join(folder, "requirements.txt");
  await writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const args = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes"];
  args.push("--disable-pip-version-check", "--no-cache-dir", "--progress-bar", "off", "--python-version", "3.11");
  for (const platform of platforms) args.push("--platform", platform);
  args.push("-d", folder, "-r", requirements);
  // pip writes to its temporary folder first: putting that here makes the bytes so far visible. Newer pips continue a
  // download that breaks off; older ones ignore the setting.
  const env = { ...process.env, TMPDIR: folder, PIP_RESUME_RETRIES: "10" };
  const { code, output } = await withProgress(
    `Downloading ${name} ${version} (${megabytes} MB${place})`,
    () => run("python3", args, { env }),
    () => `${(bytesUnder(folder) / 1e6).toFixed(0)} of ${megabytes} MB`,
  );
  if (code !== 0) throw whyPipFailed(name, code, output, variable);
}

/** @param variable names a folder to use instead */
function whyPipFailed(name, code, output, variable = "TESSERA_TENSORFLOW") {
  const tail = output.trim().split("\n").slice(-4).join("\n    ");
  if (code === 127) {
    return new Problem(
      "there is no python3",
      `install python3 and pip, or set ${variable} to a folder that has the library`,
    );
  }
  if (/No module named pip/.test(output)) {
    return new Problem("python3 has no pip", `install it (Debian: apt install python3-pip), or set ${variable}`);
  }
  if (/DO NOT MATCH THE HASHES/.test(output)) {
    return new Problem(
      `the downloaded file of ${name} is not the pinned one`,
      "try again; if it stays so, a proxy alters downloads",
    );
  }
  return new Problem(
    `pip could not download ${name.startsWith("tensorflow") ? "TensorFlow" : name}:\n    ${tail}`,
    `check the network and pip's index and run the command again: what is complete is kept. Or set ${variable}`,
  );
}

/** Keeps the files' modes: one of them is run (ptxas). */
const script = `
import os, sys, zipfile
wheel, target, takes, leaves = sys.argv[1], sys.argv[2], sys.argv[3].split("|"), [x for x in sys.argv[4].split("|") if x]
with zipfile.ZipFile(wheel) as z:
    for info in z.infolist():
        if info.is_dir() or not any(info.filename.startswith(t) for t in takes) or any(x in info.filename for x in leaves):
            continue
        path = z.extract(info, target)
        mode = (info.external_attr >> 16) & 0o777
        if mode:
            os.chmod(path, 0o755 if mode & 0o111 else 0o644)
`;

async function unpack({ name, takes, leaves = [] }, folder, target) {
  const file = readdirSync(folder).find((each) => each.endsWith(".whl"));
  const args = ["-c", script, join(folder, file), target, takes.join("|"), leaves.join("|")];
  const { code, output } = await withProgress(`Unpacking ${name}`, () => run("python3", args));
  if (code !== 0) {
    throw new Problem(
      `unpacking failed: ${output.trim().split("\n").at(-1)}`,
      "free some space on the disk of TESSERA_CACHE and run the command again",
    );
  }
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
