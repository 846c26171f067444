/** @file Checks that host values are what a tensor's type and shape ask for. */
import { BOOL, COMPLEX64, FLOAT, INT32, INT64, STRING, UINT8 } from "./dataTypes.ts";
import { EngineError } from "./errors.ts";

export type NumericValues = Float32Array | Int32Array | Uint8Array | BigInt64Array;
export type HostValues = NumericValues | readonly Uint8Array[];

/** Type -> array class and how many of its elements one value takes. */
const hostTypes = new Map<number, { array: readonly (new () => NumericValues)[]; per: number }>([
  [FLOAT, { array: [Float32Array], per: 1 }],
  [COMPLEX64, { array: [Float32Array], per: 2 }],
  [INT32, { array: [Int32Array], per: 1 }],
  [INT64, { array: [Int32Array, BigInt64Array], per: 2 }],
  [BOOL, { array: [Uint8Array], per: 1 }],
  [UINT8, { array: [Uint8Array], per: 1 }],
]);

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** @throws EngineError BAD_TENSOR */
export function checkedStrings(shape: readonly number[], values: unknown): readonly Uint8Array[] {
  if (Array.isArray(values) && values.length === sizeOf(shape) && values.every((each) => each instanceof Uint8Array)) {
    return values;
  }
  throw new EngineError(
    "BAD_TENSOR",
    `A string tensor of shape [${shape}] takes a list of ${sizeOf(shape)} byte arrays`,
  );
}

/** @throws EngineError BAD_TENSOR */
export function checkedNumbers(shape: readonly number[], dtype: number, values: unknown): NumericValues {
  const expected = hostTypes.get(dtype);
  const fits = expected?.array.find((array) => values instanceof array);
  if (expected === undefined || fits === undefined) {
    const got = (values as object | null)?.constructor?.name ?? typeof values;
    throw new EngineError("BAD_TENSOR", `A tensor of type ${dtype} cannot be made from ${got}`, { dtype });
  }
  const array = values as NumericValues;
  const length = sizeOf(shape) * (array instanceof BigInt64Array ? 1 : expected.per);
  if (array.length !== length) {
    throw new EngineError("BAD_TENSOR", `A tensor of shape [${shape}] takes ${length} values, got ${array.length}`, {
      shape,
    });
  }
  return array;
}

/** A typed view of a tensor's bytes. */
export function typedView(dtype: number, bytes: ArrayBuffer): NumericValues {
  if (dtype === FLOAT || dtype === COMPLEX64) return new Float32Array(bytes);
  if (dtype === INT32) return new Int32Array(bytes);
  if (dtype === INT64) return new BigInt64Array(bytes);
  if (dtype !== STRING) return new Uint8Array(bytes);
  throw new EngineError("BAD_TENSOR", "Strings have no typed view");
}
