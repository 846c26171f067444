/** @file The most memory that this process has held, as the kernel counted it. */
import { readFileSync } from "node:fs";

/** Bytes of resident memory, TensorFlow's buffers included; the decoder children are not. */
export function peakBytes(): number {
  return kernelsPeak() ?? process.resourceUsage().maxRSS * 1024;
}

/** Linux: of this program alone. getrusage's figure begins at the size of the parent that forked it. */
function kernelsPeak(): number | null {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}
