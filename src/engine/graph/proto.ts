/** @file Just enough of protocol buffers to write a FunctionDef and to read an OpDef. */
import { STRING } from "../dataTypes.ts";

export class Writer {
  private readonly parts: Uint8Array[] = [];

  varint(value: number): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value)); // negative numbers take ten bytes
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    this.parts.push(Uint8Array.from(bytes));
    return this;
  }

  integer(field: number, value: number): this {
    return this.varint(field * 8).varint(value);
  }

  float(field: number, value: number): this {
    this.varint(field * 8 + 5).parts.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array | string | Writer): this {
    const content = value instanceof Writer ? value.done() : typeof value === "string" ? Buffer.from(value) : value;
    this.varint(field * 8 + 2)
      .varint(content.length)
      .parts.push(content);
    return this;
  }

  /** All fields of `other`, in this message. */
  raw(other: Writer): this {
    this.parts.push(...other.parts);
    return this;
  }

  done(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}

/** A field's number with its value: a number where it is a varint, else its bytes. */
export function* fields(message: Uint8Array): Generator<readonly [field: number, value: number | Uint8Array]> {
  let at = 0;
  const varint = (): number => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++]!;
      result |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(result);
    }
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) {
      yield [tag >> 3, varint()];
    } else {
      const length = wire === 2 ? varint() : wire === 5 ? 4 : 8;
      yield [tag >> 3, message.subarray(at, at + length)];
      at += length;
    }
  }
}

export function shapeProto(shape: readonly number[]): Writer {
  const writer = new Writer();
  for (const size of shape) writer.bytes(2, new Writer().integer(1, size));
  return writer;
}

export type ConstantValues = Uint8Array | Int32Array | Float32Array | BigInt64Array | readonly Uint8Array[];

export function tensorProto(dtype: number, shape: readonly number[], values: ConstantValues): Writer {
  const writer = new Writer().integer(1, dtype).bytes(2, shapeProto(shape));
  if (dtype === STRING) {
    for (const each of values as readonly Uint8Array[]) writer.bytes(8, each);
    return writer;
  }
  const { buffer, byteOffset, byteLength } = values as Uint8Array;
  return writer.bytes(4, new Uint8Array(buffer, byteOffset, byteLength));
}

export type AttributeValue =
  | boolean
  | number
  | string
  | Uint8Array
  | readonly (boolean | number | string | readonly number[])[];

/** An AttrValue. `type` is the OpDef's word for it: "int", "list(type)", … */
export function attributeProto(type: string, value: AttributeValue): Writer {
  const list = /^list\((.*)\)$/.exec(type)?.[1];
  if (list === undefined) return put(new Writer(), type, value);
  const items = new Writer();
  for (const item of value as readonly AttributeValue[]) put(items, list, item);
  return new Writer().bytes(1, items);
}

function put(writer: Writer, type: string, value: AttributeValue): Writer {
  switch (type) {
    case "string":
      return writer.bytes(2, value as string | Uint8Array);
    case "int":
      return writer.integer(3, value as number);
    case "float":
      return writer.float(4, value as number);
    case "bool":
      return writer.integer(5, value ? 1 : 0);
    case "type":
      return writer.integer(6, value as number);
    case "shape":
      return writer.bytes(7, shapeProto(value as readonly number[]));
    default:
      throw new TypeError(`attributeProto: no rule for an attribute of type ${type}`);
  }
}

export const mapEntry = (key: string, value: Uint8Array | string | Writer): Writer =>
  new Writer().bytes(1, key).bytes(2, value);
