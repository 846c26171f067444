/** @file Hash in the browser, ask which files are known, send the others. */
import { describeResponse } from "@/lib/httpError";
import type { PickedFile } from "./pickedFiles.ts";

export interface UploadProgress {
  readonly done: number;
  readonly known: number;
  readonly sent: number;
  readonly bytesDone: number;
}

export interface UploadedFile {
  readonly path: string;
  readonly sha256: string;
}

const parallel = 4;

/** @throws DescribedError where the page may not hash */
export async function sha256(data: ArrayBuffer): Promise<string> {
  checkHashing();
  const digest = await crypto.subtle.digest("SHA-256", data);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Without asking whether it is known. @throws DescribedError */
export async function putFile(hash: string, data: ArrayBuffer, type: string, signal?: AbortSignal): Promise<void> {
  const put = await fetch(`/files/${hash}`, {
    method: "PUT",
    body: data,
    headers: { "content-type": type },
    ...(signal && { signal }),
  });
  if (!put.ok) throw await describeResponse(put);
}

function checkHashing(): void {
  if (globalThis.crypto?.subtle) return;
  throw {
    code: "UNAVAILABLE",
    title: "This browser page may not hash files",
    message: "Browsers allow hashing only over https, or on localhost.",
    fix: "Open Tessera over https, or import with the command line on the server.",
  };
}

/** Resolves with one hash per file, in the order given. @throws DescribedError, or AbortError when `signal` fires. */
export async function uploadFiles(
  files: readonly PickedFile[],
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<UploadedFile[]> {
  checkHashing();
  const uploaded: UploadedFile[] = new Array(files.length);
  const progress = { done: 0, known: 0, sent: 0, bytesDone: 0 };
  let next = 0;

  const worker = async () => {
    for (let at = next++; at < files.length; at = next++) {
      signal.throwIfAborted();
      const { path, file } = files[at]!;
      const data = await file.arrayBuffer();
      const hash = await sha256(data);
      const head = await fetch(`/files/${hash}`, { method: "HEAD", signal });
      if (head.ok) {
        progress.known += 1;
      } else {
        await putFile(hash, data, file.type || "application/octet-stream", signal).catch((problem) => {
          throw "fix" in problem ? { ...problem, message: `${path}: ${problem.message}` } : problem;
        });
        progress.sent += 1;
      }
      uploaded[at] = { path, sha256: hash };
      progress.done += 1;
      progress.bytesDone += file.size;
      onProgress({ ...progress });
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return uploaded;
}
