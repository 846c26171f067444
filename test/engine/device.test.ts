/** @file Which device is asked for, what nvidia-smi says there is, and the refusals where the two do not meet. Needs no GPU. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { configProto } from "@tessera/engine/configProto";
import { preloadCudaLibraries } from "@tessera/engine/cudaLibraries";
import { gpuMemoryFromEnvironment, isOlder, visibleGpus, whyNoGpu, whyUnusable } from "@tessera/engine/devices";
import { fields } from "@tessera/engine/graph/proto";
import { deviceFromEnvironment, findLibrary, libraryFiles, librarySet } from "@tessera/engine/library";
import { noDevice } from "@tessera/engine/noDevice";
import { type Gpu, type NvidiaSmi, parseNvidiaSmi, surveyGpus } from "@tessera/engine/nvidiaSmi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { thrown } from "./support/regression.ts";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "tessera-device-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe("TESSERA_DEVICE", () => {
  it.each([
    [undefined, "cpu"],
    ["", "cpu"],
    ["cpu", "cpu"],
    ["cuda", "cuda"],
  ])("%s means %s", (asked, device) => {
    expect(deviceFromEnvironment({ TESSERA_DEVICE: asked })).toBe(device);
  });

  it("refuses another word, naming both", () => {
    expect(thrown(() => deviceFromEnvironment({ TESSERA_DEVICE: "gpu" }))).toMatchObject({
      code: "NO_DEVICE",
      message: expect.stringContaining('expected cpu or cuda, got "gpu"'),
    });
  });
});

describe("the library sets", () => {
  it("are one per device, the CUDA one in the wheels' layout, each with the command that brings it", () => {
    for (const [device, folder] of [
      ["cpu", /^\/nowhere\/tensorflow-cpu-[^/]+$/],
      ["cuda", /^\/nowhere\/tensorflow-cuda-[^/]+\/tensorflow$/],
    ] as const) {
      const set = librarySet(device, { TESSERA_CACHE: "/nowhere" });
      expect(set).toMatchObject({ directory: expect.stringMatching(folder), own: false, missing: libraryFiles });
      expect(thrown(() => findLibrary(device, { TESSERA_CACHE: "/nowhere" }))).toMatchObject({
        code: "LIBRARY_NOT_FOUND",
        message: expect.stringContaining(`npm run tessera -- install ${device}`),
      });
    }
  });

  it("give way to TESSERA_TENSORFLOW, which is corrected or unset where it holds nothing", () => {
    expect(thrown(() => findLibrary("cuda", { TESSERA_TENSORFLOW: work }))).toMatchObject({
      code: "LIBRARY_NOT_FOUND",
      message: expect.stringMatching(/Correct TESSERA_TENSORFLOW, or unset it/),
    });
  });
});

const two = `0, GPU-aaaa1111, NVIDIA A100-SXM4-40GB, 40960, 550.54.15, 8.0
1, GPU-bbbb2222, NVIDIA GB10, [N/A], 550.54.15, 9.0
`;
const [a100, other] = parseNvidiaSmi(two).gpus as [Gpu, Gpu];

const failing =
  (error: object): NvidiaSmi =>
  () => {
    throw Object.assign(new Error("Command failed"), error);
  };

describe("nvidia-smi", () => {
  it("is read line by line", () => {
    expect(surveyGpus(() => two)).toEqual({
      driver: "550.54.15",
      problem: null,
      gpus: [
        { index: 0, uuid: "GPU-aaaa1111", name: "NVIDIA A100-SXM4-40GB", memoryMiB: 40960, computeCapability: "8.0" },
        { index: 1, uuid: "GPU-bbbb2222", name: "NVIDIA GB10", memoryMiB: null, computeCapability: "9.0" },
      ],
    });
  });

  it("is asked again where it is too old to know the compute capability", () => {
    const smi: NvidiaSmi = ([query]) => {
      if (query!.includes("compute_cap")) {
        return failing({ stdout: 'Field "compute_cap" is not a valid field to query.' })([]);
      }
      return "0, GPU-cccc, Tesla V100-SXM2-16GB, 16160, 470.82.01\n";
    };
    expect(surveyGpus(smi)).toMatchObject({ driver: "470.82.01", gpus: [{ index: 0, computeCapability: null }] });
  });

  it("may be absent: then the kernel module tells the driver, or there is none", () => {
    const file = join(work, "version");
    for (const line of [
      "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023",
      "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  535.104.05  Release Build",
    ]) {
      writeFileSync(file, `${line}\nGCC version: gcc version 12.3.0\n`);
      const survey = surveyGpus(failing({ code: "ENOENT" }), file);
      expect(survey).toEqual({ driver: "535.104.05", gpus: [], problem: "there is no nvidia-smi to ask" });
    }
    expect(surveyGpus(failing({ code: "ENOENT" }), join(work, "none"))).toEqual({
      driver: null,
      gpus: [],
      problem: null,
    });
  });

  it("is quoted where it fails, or lists nothing", () => {
    const stdout = "Failed to initialize NVML: Driver/library version mismatch\n";
    expect(surveyGpus(failing({ status: 18, stdout }), join(work, "none")).problem).toBe(
      `nvidia-smi: ${stdout.trim()}`,
    );
    expect(surveyGpus(() => "No devices were found\n").problem).toContain("No devices were found");
  });
});

describe("CUDA_VISIBLE_DEVICES", () => {
  const gpus = [a100, other];
  it.each([
    [undefined, ["0", "1"]],
    ["", []],
    ["-1", []],
    ["1", ["1"]],
    ["1,0", ["1", "0"]],
    ["1, 7, 0", ["1"]], // what follows an unknown entry does not count
    ["GPU-bbbb", ["GPU-bbbb"]],
    ["NoDevFiles", []],
    ["MIG-1c2d", ["MIG-1c2d"]],
  ])("%j leaves %j", (visible, tokens) => {
    expect(visibleGpus(gpus, visible).map(({ token }) => token)).toEqual(tokens);
  });

  it("names what nvidia-smi names", () => {
    expect(visibleGpus(gpus, "GPU-bbbb,0").map(({ gpu }) => gpu?.name)).toEqual([other.name, a100.name]);
    expect(visibleGpus(gpus, "MIG-1c2d")[0]!.gpu).toBeNull();
  });
});

describe.runIf(process.platform === "linux")("what TensorFlow's search misses of CUDA", () => {
  it("is loaded first, from the wheels beside the library", () => {
    // Any library will do: what counts is that it is loaded under the path where the wheels have theirs.
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
    const libm = sharedObjects.find((path) => path.includes("libm.so"))!;
    const set = join(work, "set");
    const planted = ["cusolver/lib/libcusolver.so.11", "cuda_nvrtc/lib/libnvrtc.so.12"].map((name) =>
      join(set, "nvidia", name),
    );
    for (const path of planted) {
      mkdirSync(dirname(path), { recursive: true });
      copyFileSync(libm, path);
    }
    const code = `import { readFileSync } from "node:fs";
      const { preloadCudaLibraries } = await import("@tessera/engine/cudaLibraries");
      preloadCudaLibraries(${JSON.stringify(join(set, "tensorflow"))});
      process.stdout.write(readFileSync("/proc/self/maps", "utf8"));`;
    const child = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      encoding: "utf8",
      maxBuffer: 2 ** 24,
    });
    for (const path of planted) expect(child.stdout, child.stderr).toContain(path);
  });

  it("is left to the system where no wheels lie beside the library", () => {
    expect(() => preloadCudaLibraries(join(work, "elsewhere", "tensorflow"))).not.toThrow();
  });
});

describe("what stands in CUDA's way", () => {
  const survey = { driver: "550.54.15", gpus: [a100, other], problem: null };
  const none = { driver: null, gpus: [], problem: null };

  it("is nothing where driver and GPU are new enough", () => {
    expect(whyNoGpu(survey, undefined)).toBeNull();
    expect(isOlder("525.60.13", "525.60.13")).toBe(false);
    expect(isOlder("525.9", "525.60.13")).toBe(true);
  });

  it.each([
    ["no driver", none, undefined, /no NVIDIA driver.*neither nvidia-smi nor a kernel module.*525\.60\.13/],
    [
      "a driver that does not answer",
      { ...none, problem: "nvidia-smi: mismatch" },
      undefined,
      /no NVIDIA driver.*nvidia-smi: mismatch/,
    ],
    [
      "an old driver",
      { ...survey, driver: "470.82.01" },
      undefined,
      /driver is 470\.82\.01; CUDA 12 needs 525\.60\.13/,
    ],
    [
      "a driver without a GPU",
      { driver: "550.54.15", gpus: [], problem: "none listed" },
      undefined,
      /550\.54\.15 is there, but no GPU answers/,
    ],
    ["all hidden", survey, "", /CUDA_VISIBLE_DEVICES="" hides all 2 GPU\(s\).*0: NVIDIA A100/],
    [
      "a GPU that is too old",
      { ...survey, gpus: [{ ...a100, name: "Tesla M40", computeCapability: "5.2" }] },
      undefined,
      /Tesla M40 has compute capability 5\.2; TensorFlow needs 6\.0/,
    ],
    [
      "a driver too old for Blackwell",
      { ...survey, gpus: [{ ...a100, name: "NVIDIA B200", computeCapability: "10.0" }] },
      undefined,
      /CUDA 12 needs 570\.26 or newer for NVIDIA B200/,
    ],
  ])("is told: %s", (_, found, visible, words) => {
    expect(whyNoGpu(found, visible)).toMatch(words);
  });

  it("is told of one GPU among others that work", () => {
    const old = { ...other, computeCapability: "5.0" };
    expect(whyNoGpu({ ...survey, gpus: [a100, old] }, undefined)).toBeNull();
    expect(whyUnusable(survey, { token: "1", gpu: old })).toContain("compute capability 5.0");
  });

  it("is a library built without CUDA, before anything else", () => {
    const set = librarySet("cuda", { TESSERA_TENSORFLOW: "/own" });
    const library = { set, version: "2.21.0", cudaBuild: false };
    expect(noDevice(library, none, undefined)).toMatchObject({
      code: "NO_DEVICE",
      message: expect.stringMatching(/TensorFlow in \/own is built without CUDA\. Point TESSERA_TENSORFLOW/),
      details: { driver: null, gpus: [] },
    });
    const unknown = noDevice({ ...library, cudaBuild: true, words: "INTERNAL: 999" }, survey, undefined);
    expect(unknown.message).toMatch(/A GPU is there, but TensorFlow does not take it.*TensorFlow said: INTERNAL: 999/);
  });
});

describe("the session configuration", () => {
  /** Field numbers of tensorflow/core/protobuf/config.proto, down a path of messages. */
  const at = (message: Uint8Array, ...path: number[]): number | Uint8Array | undefined =>
    path.reduce<number | Uint8Array | undefined>(
      (inner, field) => (inner instanceof Uint8Array ? new Map(fields(inner)).get(field) : undefined),
      message,
    );
  const [deviceCount, gpuOptions, allowGrowth, visibleDeviceList, experimental] = [1, 6, 4, 5, 9];

  it("lets the memory of one GPU grow with need", () => {
    const config = configProto("cuda", { intra: 2 });
    expect(at(config, gpuOptions!, allowGrowth!)).toBe(1);
    expect(Buffer.from(at(config, gpuOptions!, visibleDeviceList!) as Uint8Array).toString()).toBe("0");
    expect(at(config, gpuOptions!, experimental!)).toBeUndefined();
  });

  it("limits it on request", () => {
    const limit = at(configProto("cuda", { intra: 2 }, 4096), gpuOptions!, experimental!, 1, 1) as Uint8Array;
    expect(Buffer.from(limit).readFloatLE()).toBe(4096);
  });

  it("counts no GPU on the CPU", () => {
    const config = configProto("cpu", { intra: 2 }, 4096);
    expect(at(config, deviceCount!, 2)).toBe(0);
    expect(at(config, gpuOptions!)).toBeUndefined();
  });

  it("takes the limit from TESSERA_GPU_MEMORY, in MiB", () => {
    expect(gpuMemoryFromEnvironment({})).toBeUndefined();
    expect(gpuMemoryFromEnvironment({ TESSERA_GPU_MEMORY: "4096" })).toBe(4096);
    for (const text of ["4 GB", "0.5", "16"]) {
      expect(thrown(() => gpuMemoryFromEnvironment({ TESSERA_GPU_MEMORY: text }))).toMatchObject({
        code: "NO_DEVICE",
        message: expect.stringContaining(`from 256 on, got "${text}"`),
      });
    }
  });
});
