/** @file Nested plain data with tensors in it, taken apart into a list of tensors and a shape, and put together again. */
import * as tf from "@tensorflow/tfjs";

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
