/** @file What `tessera doctor` finds out, as data. */
import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { gpuMemoryFromEnvironment, oldestDriver, visibleGpus } from "@tessera/engine/devices";
import { type Device, deviceFromEnvironment, devices, librarySet } from "@tessera/engine/library";
import { type GpuSurvey, surveyGpus } from "@tessera/engine/nvidiaSmi";
import { readSettings, repository, type Settings } from "../settings.ts";
import { describePlan, planWorkers } from "../workers/plan.ts";
import type { Facts, Library } from "./facts.ts";
import { type Finding, findings } from "./findings.ts";
import { probeLibrary } from "./probeLibrary.ts";
import { readProcessor } from "./processor.ts";

export interface Report extends Facts {
  /** Whether a worker started with these settings would train. */
  readonly canTrain: boolean;
  readonly findings: readonly Finding[];
}

export async function examine(environment: NodeJS.ProcessEnv = process.env): Promise<Report> {
  const settings = readSettings(environment);
  const survey = surveyGpus();
  const visible = environment.CUDA_VISIBLE_DEVICES;
  const processor = readProcessor();
  const libraries = await examineLibraries(environment);
  const { use, refusal } = decide(environment, settings, survey, processor.usableThreads, libraries);
  const { bavail, bsize } = await statfs(settings.home);
  const limit = process.constrainedMemory();
  const facts: Facts = {
    processor,
    memory: {
      totalBytes: totalmem(),
      limitBytes: limit > 0 && limit < totalmem() ? limit : null,
      availableBytes: process.availableMemory(),
    },
    disk: { home: settings.home, freeBytes: bavail * bsize },
    gpus: { ...survey, visible: visibleGpus(survey.gpus, visible), CUDA_VISIBLE_DEVICES: visible ?? null },
    versions: {
      tessera: versionOf(join(repository, "package.json")),
      node: process.versions.node,
      tensorflow: use?.library.trial?.version ?? null,
      tensorflowJs: versionOf(join(repository, "node_modules", "@tensorflow", "tfjs", "package.json")),
      driver: survey.driver,
      oldestDriver,
    },
    libraries,
    settings,
    use,
    refusal,
  };
  const canTrain = use?.library.trial?.works === true;
  return { canTrain, ...facts, findings: findings(facts, environment) };
}

/** Both sets of the cache, and the one that TESSERA_TENSORFLOW names. */
async function examineLibraries({ TESSERA_TENSORFLOW: own, ...others }: NodeJS.ProcessEnv): Promise<Library[]> {
  const asked = [...devices.map((device) => ({ device, environment: others }))];
  if (own) asked.push({ device: usedDevice(others) ?? "cpu", environment: { ...others, TESSERA_TENSORFLOW: own } });
  return Promise.all(
    asked.map(async ({ device, environment }): Promise<Library> => {
      const { directory, own, missing, fix } = librarySet(device, environment);
      const installed = missing.length === 0;
      const trial = installed ? await probeLibrary(device, environment) : null;
      return {
        device,
        directory,
        own,
        installed,
        fix: installed ? null : fix,
        wheels: wheelsIn(directory, device),
        trial,
      };
    }),
  );
}

function usedDevice(environment: NodeJS.ProcessEnv): Device | null {
  try {
    return deviceFromEnvironment(environment);
  } catch {
    return null;
  }
}

function decide(
  environment: NodeJS.ProcessEnv,
  settings: Settings,
  survey: GpuSurvey,
  cores: number,
  libraries: readonly Library[],
): Pick<Facts, "use" | "refusal"> {
  try {
    const device = deviceFromEnvironment(environment);
    const gpuMemoryMiB = (device === "cuda" ? gpuMemoryFromEnvironment(environment) : undefined) ?? null;
    const library = libraries.find(({ own }) => own) ?? libraries.find((each) => each.device === device)!;
    const machine = { device, cores, survey, visible: environment.CUDA_VISIBLE_DEVICES };
    const workers = planWorkers(settings, machine);
    return { use: { device, library, workers, plan: describePlan(workers, device), gpuMemoryMiB }, refusal: null };
  } catch (error) {
    return { use: null, refusal: (error as Error).message };
  }
}

function wheelsIn(directory: string, device: Device): Library["wheels"] {
  try {
    const file = join(directory, ...(device === "cuda" ? [".."] : []), "wheels.json");
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return null; // not installed by us, or before we noted it
  }
}

const versionOf = (file: string): string => (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
