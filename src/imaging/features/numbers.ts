/** @file Numbers as files store them, as 64-bit floats: exact for all types that are read but integers above 2^53. */

export interface NumberType {
  /** bfloat: the upper half of a 32-bit float. */
  readonly kind: "float" | "bfloat" | "int" | "uint";
  readonly bytes: number;
  readonly littleEndian: boolean;
}

type ReadNumber = (view: DataView, at: number, littleEndian: boolean) => number;

const readers: Readonly<Record<string, ReadNumber>> = {
  float2: (view, at, little) => halfFloat(view.getUint16(at, little)),
  float4: (view, at, little) => view.getFloat32(at, little),
  float8: (view, at, little) => view.getFloat64(at, little),
  bfloat2: (view, at, little) => bfloat(view.getUint16(at, little)),
  int1: (view, at) => view.getInt8(at),
  int2: (view, at, little) => view.getInt16(at, little),
  int4: (view, at, little) => view.getInt32(at, little),
  int8: (view, at, little) => Number(view.getBigInt64(at, little)),
  uint1: (view, at) => view.getUint8(at),
  uint2: (view, at, little) => view.getUint16(at, little),
  uint4: (view, at, little) => view.getUint32(at, little),
  uint8: (view, at, little) => Number(view.getBigUint64(at, little)),
};

export const isReadable = ({ kind, bytes }: NumberType): boolean => `${kind}${bytes}` in readers;

export function numbersOf(bytes: Uint8Array, { kind, bytes: width, littleEndian }: NumberType): Float64Array {
  const read = readers[`${kind}${width}`]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(bytes.byteLength / width);
  for (let at = 0; at < values.length; at++) values[at] = read(view, at * width, littleEndian);
  return values;
}

/** As 32-bit floats: most files have them as they are. */
export function floatsOf(bytes: Uint8Array, type: NumberType): Float32Array<ArrayBuffer> {
  if (type.kind !== "float" || type.bytes !== 4 || !type.littleEndian) return new Float32Array(numbersOf(bytes, type));
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/** Of the first that is not finite; -1: all are. */
export function firstWrong(values: Float32Array): number {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at]!)) return at;
  return -1;
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const word = new DataView(new ArrayBuffer(4));
function bfloat(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
