/** @file Nested plain data with tensors in it, taken apart into a list of tensors and a shape, and put together again. */
import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";

export type Structure =
  | { readonly tensor: number }
  | { readonly list: readonly Structure[] }
  | { readonly fields: Readonly<Record<string, Structure>> }
  | { readonly value: unknown };

/** Appends the tensors of `value` to `tensors`. `other` decides about objects that are neither plain nor tensors. */
export function flatten(value: unknown, tensors: tf.Tensor[], other: (value: object) => void): Structure {
  if (value instanceof tf.Tensor) return { tensor: tensors.push(value) - 1 };
  if (Array.isArray(value)) return { list: value.map((item) => flatten(item, tensors, other)) };
  if (typeof value !== "object" || value === null) return { value };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    other(value);
    return { value };
  }
  return {
    fields: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, flatten(item, tensors, other)])),
  };
}

export function unflatten(structure: Structure, tensors: readonly tf.Tensor[]): unknown {
  if ("tensor" in structure) return tensors[structure.tensor];
  if ("list" in structure) return structure.list.map((item) => unflatten(item, tensors));
  if ("value" in structure) return structure.value;
  return Object.fromEntries(Object.entries(structure.fields).map(([key, item]) => [key, unflatten(item, tensors)]));
}

/** Equal for equal plain data. @throws EngineError BAD_ARGUMENT for functions and symbols */
export const keyOf = (data: unknown): string => JSON.stringify(data, distinct);

/** What JSON would write alike, or leave out. */
function distinct(_: string, value: unknown): unknown {
  switch (typeof value) {
    case "function":
    case "symbol":
      throw new EngineError(
        "BAD_ARGUMENT",
        `compile: a step takes tensors and plain data, got a ${typeof value}; let the step refer to it instead`,
      );
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { number: Object.is(value, -0) ? "-0" : `${value}` };
    case "bigint":
      return { bigint: String(value) };
    case "undefined":
      return { undefined: true };
    default:
      return value;
  }
}
