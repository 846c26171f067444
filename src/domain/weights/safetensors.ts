/**
 * @file Reading safetensors: named tensors in one blob that other programs write too. The writer is src/training/safetensors.ts, which
 * describes the format. Only F32 is read.
 */
import { DomainError } from "../errors.ts";

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const maxHeaderBytes = 100_000_000; // as the format's own reader has it
const elements = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

const bad = (message: string) => new DomainError("BAD_FILE", `Not a readable safetensors file: ${message}`);

/** The tensors are views of `bytes` where these lie as floats must, else copies. @throws DomainError BAD_FILE that says what is wrong */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 8) throw bad(`expected at least 8 bytes, got ${buffer.length}`);
  const headerLength = Number(buffer.readBigUInt64LE());
  if (headerLength > Math.min(maxHeaderBytes, buffer.length - 8)) {
    throw bad(`its header says ${headerLength} bytes, the file has ${buffer.length - 8} after it; it was cut off`);
  }
  const data = buffer.subarray(8 + headerLength);
  const tensors = new Map<string, NamedTensor>();
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(parseHeader(buffer.toString("utf8", 8, 8 + headerLength)))) {
    if (name === "__metadata__") {
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = entry as { dtype: string; shape: number[]; data_offsets: number[] };
    if (dtype !== "F32") throw bad(`${name} has dtype ${dtype}; only F32 is read`);
    const [begin, end] = Array.isArray(offsets) ? offsets : [];
    const sized = Array.isArray(shape) && shape.every((side) => Number.isInteger(side) && side >= 0);
    if (
      !sized ||
      !Number.isInteger(begin) ||
      begin! < 0 ||
      end! - begin! !== 4 * elements(shape) ||
      end! > data.length
    ) {
      throw bad(
        `${name} of shape [${shape}] lies at [${offsets}] of ${data.length} bytes; the file was cut off or altered`,
      );
    }
    tensors.set(name, { shape, data: floats(data.subarray(begin!, end!)) });
  }
  return { tensors, metadata };
}

function floats(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && Object.values(value).every((each) => each instanceof Object)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // falls through to the same refusal
  }
  throw bad("its header is not JSON of tensors");
}
