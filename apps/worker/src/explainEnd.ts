/** @file Why a child that said nothing of its end is gone, in words for the page of the run, or of what it was to do. */
import { totalmem } from "node:os";

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what it wrote, for its error. */
  readonly lastWords: string;
  /** Its memory when it was last looked at, bytes; null where nobody could. */
  readonly residentBytes: number | null;
  /** The kernel killed a process for lack of memory while this one ran; null where it does not say. */
  readonly memoryRanOut: boolean | null;
}

const remedy = "use a smaller batch, a smaller image size or fewer filters, or a worker with more memory";

/** What TensorFlow, V8 and the C++ library say of an allocation that failed. */
const saysOutOfMemory =
  /out of memory|bad_alloc|allocation failed|failed to allocate|cannot allocate|could not allocate|OOM when/i;

/** Asked for by a person, a terminal or a service manager; no crash ends with these. */
const sentFromOutside: readonly (string | null)[] = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"];

/** @param who begins the sentence */
export function explainEnd(end: ProcessEnd, who = "The trainer"): string {
  const said = end.lastWords === "" ? "" : ` Its last lines:\n${lastLines(end.lastWords)}`;
  return `${who} ${howItEnded(end)}.${said}`;
}

function howItEnded(end: ProcessEnd): string {
  const { code, signal, lastWords, residentBytes } = end;
  const at = residentBytes === null ? "" : ` at a resident size of ${gibibytes(residentBytes)}`;
  if (signal === "SIGKILL") return `was killed (SIGKILL)${at}${whoKilled(end)}`;
  if (saysOutOfMemory.test(lastWords)) {
    return `ended (${signal ?? `code ${code}`})${at}, because it was given no more memory: ${remedy}`;
  }
  if (sentFromOutside.includes(signal)) return `was ended from outside (${signal})${at}`;
  if (signal !== null) {
    return `crashed (${signal})${at}, in TensorFlow or another native library; if it happens again at the same step, report it with the run's configuration`;
  }
  return code === null ? "could not be started" : `ended with code ${code} without a result${at}`;
}

function whoKilled({ residentBytes, memoryRanOut }: ProcessEnd): string {
  if (memoryRanOut) return `, because the system ran out of memory: ${remedy}`;
  // The kernel may count no kill that a container's or a cluster's own limit made.
  const limit = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  if (residentBytes !== null && residentBytes > limit / 2)
    return `; most likely the system ran out of memory: ${remedy}`;
  return `: by hand, or because the system or a limit of the worker ran out of memory; if it happens again, ${remedy}`;
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

const lastLines = (text: string) => text.split("\n").slice(-12).join("\n");
