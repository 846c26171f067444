/** @file Attributes of an operation, handed to TensorFlow in the C type each needs. */
import type { CApi, Pointer } from "./capi.ts";
import { ATTR } from "./dataTypes.ts";
import { EngineError } from "./errors.ts";
import type { OpAttribute } from "./tfjsInternals.ts";

/** Two 32-bit halves per 64-bit integer, in an array that is never shorter than 64 bytes (V8 may move shorter ones). */
export function int64s(values: readonly number[]): Int32Array {
  const halves = new Int32Array(Math.max(16, 2 * values.length));
  values.forEach((value, i) => {
    halves[2 * i] = value | 0;
    halves[2 * i + 1] = Math.floor(value / 2 ** 32);
  });
  return halves;
}

const padded = <T>(values: readonly T[], fill: T): T[] =>
  values.length >= 64 ? [...values] : [...values, ...Array<T>(64 - values.length).fill(fill)];

/** `cString` gives a C string that outlives the call; `status` receives a refused shape. */
export function setAttribute(
  c: CApi,
  op: Pointer,
  { name, type, value }: OpAttribute,
  cString: (text: string) => Pointer,
  status: Pointer,
): void {
  const key = cString(name);
  if (Array.isArray(value)) {
    setList(c, op, key, type, value, cString, status);
    return;
  }
  switch (type) {
    case ATTR.string: {
      const bytes = Buffer.from(value as string); // or bytes: a serialised message
      c.TFE_OpSetAttrString(op, key, bytes, bytes.length);
      break;
    }
    case ATTR.int:
      c.TFE_OpSetAttrInt(op, key, value as number);
      break;
    case ATTR.float:
      c.TFE_OpSetAttrFloat(op, key, value as number);
      break;
    case ATTR.bool:
      c.TFE_OpSetAttrBool(op, key, value ? 1 : 0);
      break;
    case ATTR.type:
      c.TFE_OpSetAttrType(op, key, value as number);
      break;
    default:
      throw new EngineError("BAD_ATTRIBUTE", `Attribute ${name}: no rule for type ${type}`, { name, type });
  }
}

function setList(
  c: CApi,
  op: Pointer,
  key: Pointer,
  type: number,
  values: readonly (boolean | number | string)[],
  cString: (text: string) => Pointer,
  status: Pointer,
): void {
  const numbers = values as readonly number[];
  switch (type) {
    case ATTR.string: {
      const pointers = padded(
        values.map((text) => BigInt(cString(text as string))),
        0n,
      );
      const lengths = padded(
        values.map((text) => BigInt(Buffer.byteLength(text as string))),
        0n,
      );
      c.TFE_OpSetAttrStringList(op, key, BigInt64Array.from(pointers), BigInt64Array.from(lengths), values.length);
      break;
    }
    case ATTR.int:
      c.TFE_OpSetAttrIntList(op, key, int64s(numbers), values.length);
      break;
    case ATTR.float:
      c.TFE_OpSetAttrFloatList(op, key, Float32Array.from(padded(numbers, 0)), values.length);
      break;
    case ATTR.bool:
      c.TFE_OpSetAttrBoolList(op, key, Uint8Array.from(padded(values.map(Number), 0)), values.length);
      break;
    case ATTR.type:
      c.TFE_OpSetAttrTypeList(op, key, Int32Array.from(padded(numbers, 0)), values.length);
      break;
    case ATTR.shape:
      c.TFE_OpSetAttrShape(op, key, int64s(numbers), values.length, status);
      break;
    default:
      throw new EngineError("BAD_ATTRIBUTE", `A list attribute: no rule for type ${type}`, { type });
  }
}
