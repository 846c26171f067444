/**
 * @file NumPy's arrays (.npy, format versions 1 to 3, in a .npz zip) of whole numbers. The header's text is matched, never
 * evaluated, and an array of objects, which NumPy would unpickle, is refused.
 *
 * After numpy.lib.format of NumPy 2.
 */
import { DomainError } from "@tessera/domain/errors";
import { zipEntries } from "./zip.ts";

export interface NpzArray {
  /** Without ".npy". */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row by row. */
  readonly values: Uint8Array | Int32Array;
}

const widths: Readonly<Record<string, number>> = { u1: 1, i1: 1, b1: 1, u2: 2, i2: 2, u4: 4, i4: 4, u8: 8, i8: 8 };
const header =
  /^\{'descr': (?:'([<>|=])([a-zA-Z])(\d+)'|(.+?)), 'fortran_order': (True|False), 'shape': \(([\d, ]*)\)(?:, ?)?\}\s*$/;

const bad = (name: string, message: string) => new DomainError("BAD_FILE", `${name}: ${message}`);

/** Every array of the file. @throws DomainError BAD_FILE naming the array */
export async function npzArrays(bytes: Uint8Array): Promise<NpzArray[]> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return zipEntries(file).map((entry) => {
    const name = entry.name.replace(/\.npy$/, "");
    if (name === entry.name) throw bad(entry.name, "expected arrays (.npy) only; save the file by numpy.savez");
    return { name, ...npy(name, entry.read()) };
  });
}

function npy(name: string, file: Buffer): Omit<NpzArray, "name"> {
  const version = file[6];
  if (
    file.length < 12 ||
    file.toString("latin1", 0, 6) !== "\x93NUMPY" ||
    version === undefined ||
    version < 1 ||
    version > 3
  ) {
    throw bad(name, "no .npy array; save the file by numpy.savez");
  }
  const [length, start] = version === 1 ? [file.readUInt16LE(8), 10] : [file.readUInt32LE(8), 12];
  if (length > 10_000 || start + length > file.length) throw bad(name, `its header claims ${length} bytes`);
  const match = header.exec(file.toString("latin1", start, start + length));
  if (match === null) throw bad(name, "its header cannot be read; save the file by numpy.savez");
  const [, order, kind, digits, other, fortran, sides] = match;
  const width = widths[`${kind}${digits}`];
  if (width === undefined) {
    throw bad(name, `its values have type ${other ?? `${kind}${digits}`}; expected whole numbers, as uint8`);
  }
  if (fortran === "True") throw bad(name, "its values lie column by column; save numpy.ascontiguousarray of it");
  const shape = sides!
    .split(",")
    .map((side) => side.trim())
    .filter(Boolean)
    .map(Number);
  const count = shape.reduce((product, side) => product * side, 1);
  const body = file.subarray(start + length);
  if (!Number.isSafeInteger(count) || shape.length === 0 || count === 0 || body.length !== count * width) {
    throw bad(
      name,
      `its header claims ${shape.join("x") || "no"} values of ${width} bytes, and it has ${body.length} bytes`,
    );
  }
  return {
    shape,
    values:
      kind !== "i" && width === 1 ? Uint8Array.from(body) : numbers(name, body, `${kind}${digits}`, order === ">"),
  };
}

/** As 32-bit numbers: labels are small. */
function numbers(name: string, body: Buffer, type: string, big: boolean): Int32Array {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const width = widths[type]!;
  const at: Readonly<Record<string, (offset: number) => number>> = {
    i1: (offset) => view.getInt8(offset),
    u2: (offset) => view.getUint16(offset, !big),
    i2: (offset) => view.getInt16(offset, !big),
    u4: (offset) => view.getUint32(offset, !big),
    i4: (offset) => view.getInt32(offset, !big),
    u8: (offset) => Number(view.getBigUint64(offset, !big)),
    i8: (offset) => Number(view.getBigInt64(offset, !big)),
  };
  const read = at[type]!;
  return Int32Array.from({ length: body.length / width }, (_, index) => {
    const value = read(index * width);
    if (Math.abs(value) < 2 ** 31) return value;
    throw bad(name, `it has the value ${value}; expected small whole numbers`);
  });
}
