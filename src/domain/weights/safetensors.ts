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
/** Bytes of a number, of the types that are read. */
const widths: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, U8: 1 };

const bad = (message: string) => new DomainError("BAD_FILE", `Not a readable safetensors file: ${message}`);

export interface SafetensorsEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Of the bytes after the header. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** Where the numbers begin in the file. */
  readonly start: number;
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * @param read bytes of the file from an offset, as many as there are
 * @param types whose entries are wanted: another one refuses the file
 * @throws DomainError BAD_FILE that says what is wrong
 */
export function readSafetensorsHeader(
  read: (from: number, bytes: number) => Uint8Array,
  fileBytes: number,
  types: readonly string[],
): SafetensorsHeader {
  if (fileBytes < 8) throw bad(`expected at least 8 bytes, got ${fileBytes}`);
  const first = read(0, 8);
  const length = Number(new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true));
  if (length > Math.min(maxHeaderBytes, fileBytes - 8)) {
    throw bad(`its header says ${length} bytes, the file has ${fileBytes - 8} after it; it was cut off`);
  }
  const start = 8 + length;
  const dataBytes = fileBytes - start;
  const entries = new Map<string, SafetensorsEntry>();
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(parseHeader(new TextDecoder().decode(read(8, length))))) {
    if (name === "__metadata__") {
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = entry as { dtype: string; shape: number[]; data_offsets: number[] };
    if (!types.includes(dtype)) throw bad(`${name} has dtype ${dtype}; only ${types.join(", ")} is read`);
    const [begin, end] = Array.isArray(offsets) ? offsets : [];
    const sized = Array.isArray(shape) && shape.every((side) => Number.isInteger(side) && side >= 0);
    if (
      !sized ||
      !Number.isInteger(begin) ||
      begin! < 0 ||
      end! - begin! !== widths[dtype]! * elements(shape) ||
      end! > dataBytes
    ) {
      throw bad(
        `${name} of shape [${shape}] lies at [${offsets}] of ${dataBytes} bytes; the file was cut off or altered`,
      );
    }
    entries.set(name, { dtype, shape, begin: begin!, end: end! });
  }
  return { start, entries, metadata };
}

/** The tensors are views of `bytes` where these lie as floats must, else copies. @throws DomainError BAD_FILE that says what is wrong */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const part = (from: number, length: number) => bytes.subarray(from, from + length);
  const { start, entries, metadata } = readSafetensorsHeader(part, bytes.length, ["F32"]);
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape, begin, end }] of entries) {
    tensors.set(name, { shape, data: floats(part(start + begin, end - begin)) });
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
