/** @file How many workers a machine gets and what each is told, from planted GPUs. */
import { parseNvidiaSmi } from "@tessera/engine/nvidiaSmi";
import { describe, expect, it } from "vitest";
import { describePlan, type Machine, planWorkers } from "../../apps/cli/src/workers/plan.ts";

const survey = parseNvidiaSmi(
  ["0, GPU-aa, NVIDIA A100-SXM4-40GB", "1, GPU-bb, NVIDIA A100-SXM4-40GB", "2, GPU-cc, NVIDIA RTX A6000"]
    .map((gpu) => `${gpu}, 40960, 550.54.15, 8.0`)
    .join("\n"),
);
const cuda: Machine = { device: "cuda", cores: 16, survey, visible: undefined };
const asItIs = { workers: null, threads: null };
const visible = (plan: ReturnType<typeof planWorkers>) =>
  plan.map(({ environment }) => environment.CUDA_VISIBLE_DEVICES);

describe("on the CPU", () => {
  const cpu: Machine = { device: "cpu", cores: 8, survey: null, visible: undefined };
  it("there is one worker with all cores, and no word of CUDA", () => {
    expect(planWorkers(asItIs, cpu)).toEqual([{ threads: 8, gpu: null, environment: { TESSERA_THREADS: "8" } }]);
  });
  it("TESSERA_WORKERS share the cores, TESSERA_THREADS says otherwise", () => {
    expect(planWorkers({ workers: 3, threads: null }, cpu).map(({ threads }) => threads)).toEqual([2, 2, 2]);
    expect(planWorkers({ workers: 2, threads: 5 }, cpu).map(({ threads }) => threads)).toEqual([5, 5]);
    expect(planWorkers({ workers: 20, threads: null }, cpu)[0]!.threads).toBe(1);
  });
});

describe("on CUDA", () => {
  it("there is one worker per GPU, which sees that one only, counted as nvidia-smi does", () => {
    const plan = planWorkers(asItIs, cuda);
    expect(visible(plan)).toEqual(["0", "1", "2"]);
    expect(plan[0]!.environment).toEqual({
      TESSERA_THREADS: "5",
      CUDA_VISIBLE_DEVICES: "0",
      CUDA_DEVICE_ORDER: "PCI_BUS_ID",
    });
    expect(describePlan(plan, "cuda")).toBe(
      "3 workers with 5 threads each, on GPU 0 NVIDIA A100-SXM4-40GB and GPU 1 NVIDIA A100-SXM4-40GB and GPU 2 NVIDIA RTX A6000",
    );
  });
  it("CUDA_VISIBLE_DEVICES is handed on, entry by entry", () => {
    expect(visible(planWorkers(asItIs, { ...cuda, visible: "2,0" }))).toEqual(["2", "0"]);
    expect(visible(planWorkers(asItIs, { ...cuda, visible: "GPU-cc" }))).toEqual(["GPU-cc"]);
  });
  it("fewer TESSERA_WORKERS leave GPUs free, more share them in turn", () => {
    expect(visible(planWorkers({ workers: 1, threads: null }, cuda))).toEqual(["0"]);
    expect(visible(planWorkers({ workers: 4, threads: null }, cuda))).toEqual(["0", "1", "2", "0"]);
  });
  it("a GPU that TensorFlow cannot use gets none", () => {
    const gpus = survey.gpus.map((gpu, i) => (i === 1 ? { ...gpu, computeCapability: "5.2" } : gpu));
    expect(visible(planWorkers(asItIs, { ...cuda, survey: { ...survey, gpus } }))).toEqual(["0", "2"]);
  });
  it("no usable GPU is refused before anything starts", () => {
    const none = { driver: null, gpus: [], problem: null };
    expect(() => planWorkers(asItIs, { ...cuda, survey: none })).toThrow(
      /TESSERA_DEVICE=cuda: There is no NVIDIA driver/,
    );
    expect(() => planWorkers(asItIs, { ...cuda, visible: "-1" })).toThrow(/hides all 3/);
  });
  it("a driver without nvidia-smi gets one worker, and TensorFlow decides", () => {
    const unasked = { driver: "550.54.15", gpus: [], problem: "there is no nvidia-smi to ask" };
    const plan = planWorkers(asItIs, { ...cuda, survey: unasked });
    expect(plan).toEqual([{ threads: 16, gpu: null, environment: { TESSERA_THREADS: "16" } }]);
  });
});
