/** @file DICOM's run lengths (PS3.5, Annex G): a segment per byte of a value, the highest first, each PackBits. */
import { bad } from "./header.ts";

/** @returns [pixels] values of 8 bits, or of 16. @throws DomainError BAD_FILE */
export function unpackRuns(bytes: Uint8Array, pixels: number, bytesPerPixel: 1 | 2): Uint8Array | Uint16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = bytes.length >= 64 ? view.getUint32(0, true) : 0;
  if (segments !== bytesPerPixel)
    throw bad(`The film's run lengths have ${segments} segments; expected ${bytesPerPixel}`);
  const starts = Array.from({ length: segments }, (_, segment) => view.getUint32(4 * (segment + 1), true));
  const planes = starts.map((start, segment) =>
    unpack(bytes.subarray(start, starts[segment + 1] ?? bytes.length), pixels),
  );
  const [high, low] = planes as [Uint8Array, Uint8Array?];
  return low === undefined ? high : Uint16Array.from(high, (value, at) => value * 256 + low[at]!);
}

function unpack(runs: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (let from = 0; at < length; ) {
    const control = runs[from++];
    if (control === undefined)
      throw bad("The film is truncated: its run lengths end early; export it again", { truncated: true });
    if (control === 128) continue;
    const count = Math.min(control < 128 ? control + 1 : 257 - control, length - at);
    if (control < 128) {
      out.set(runs.subarray(from, from + count), at);
      from += control + 1;
    } else out.fill(runs[from++] ?? 0, at, at + count);
    at += count;
  }
  return out;
}
