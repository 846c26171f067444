/**
 * @file GPU memory of this process, from NVIDIA's management library, which comes with the driver (nvml.h).
 *
 * TensorFlow's C API has no figure of its allocators: TFE_GetMemoryInfo exists in its Python module only.
 */
import * as koffi from "koffi";

const library = "libnvidia-ml.so.1";
const mostProcesses = 256;
/** nvmlProcessInfo_t: pid (uint32, padded to 8 bytes), used memory (uint64), two uint32. */
const processInfoBytes = 24;
/** What the driver writes where it does not know. */
const unknown = 2n ** 64n - 1n;

/** Null where there is no such library; looked for once. */
let reader: (() => number | null) | null | undefined;

/** @returns bytes over all GPUs, or null where there is none or the driver does not know this process */
export function gpuMemoryBytes(): number | null {
  if (reader === undefined) reader = openReader();
  return reader === null ? null : reader();
}

function openReader(): (() => number | null) | null {
  try {
    const nvml = koffi.load(library);
    const start = nvml.func("int nvmlInit_v2()");
    const count = nvml.func("int nvmlDeviceGetCount_v2(_Out_ uint32_t *count)");
    const device = nvml.func("int nvmlDeviceGetHandleByIndex_v2(uint32_t index, _Out_ int64_t *device)");
    const processes = nvml.func(
      "int nvmlDeviceGetComputeRunningProcesses_v3(int64_t device, _Inout_ uint32_t *count, void *infos)",
    );
    if (start() !== 0) return null;
    return () => {
      const [devices, handle] = [[0], [0]];
      if (count(devices) !== 0) return null;
      let total: number | null = null;
      for (let index = 0; index < devices[0]!; index++) {
        const infos = Buffer.alloc(processInfoBytes * mostProcesses);
        const found = [mostProcesses];
        if (device(index, handle) !== 0 || processes(handle[0], found, infos) !== 0) continue;
        const bytes = ownBytes(infos, found[0]!, process.pid);
        if (bytes !== null) total = (total ?? 0) + bytes;
      }
      return total;
    };
  } catch {
    return null; // no NVIDIA driver here
  }
}

/** The used memory of process `pid` among `count` records of nvmlProcessInfo_t. */
export function ownBytes(infos: Buffer, count: number, pid: number): number | null {
  for (let i = 0; i < count; i++) {
    const used = infos.readBigUInt64LE(i * processInfoBytes + 8);
    if (infos.readUInt32LE(i * processInfoBytes) === pid && used !== unknown) return Number(used);
  }
  return null;
}
