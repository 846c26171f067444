/** @file float32 variables that TensorFlow keeps itself, which its fused optimiser kernels update in place. */
import { nodeBackend } from "../backend.ts";
import { ATTR, FLOAT } from "../dataTypes.ts";
import type { TensorMetadata } from "../tfjsInternals.ts";

const floatType = { name: "dtype", type: ATTR.type, value: FLOAT } as const;

/** @param sharedName unique in the process. @returns the id of a handle; the variable has no value yet */
export function makeResource(sharedName: string, shape: readonly number[]): number {
  const attributes = [
    floatType,
    { name: "shape", type: ATTR.shape, value: shape },
    { name: "shared_name", type: ATTR.string, value: sharedName },
    { name: "container", type: ATTR.string, value: "" },
  ];
  const [handle] = nodeBackend().binding.executeOp("VarHandleOp", attributes, [], 1);
  return handle!.id;
}

/** @param value id of a tensor */
export function assignResource(handle: number, value: number): void {
  nodeBackend().binding.executeOp("AssignVariableOp", [floatType], [handle, value], 0);
}

/** In place. @param value id of a tensor of the same shape */
export function addToResource(handle: number, value: number): void {
  nodeBackend().binding.executeOp("AssignAddVariableOp", [floatType], [handle, value], 0);
}

/** @returns a new tensor */
export function readResource(handle: number): TensorMetadata {
  const [value] = nodeBackend().binding.executeOp("ReadVariableOp", [floatType], [handle], 1);
  return value!;
}

export function fillResource(handle: number, shape: number[], values: Float32Array): void {
  const { binding } = nodeBackend();
  const id = binding.createTensor(shape, FLOAT, values);
  assignResource(handle, id);
  binding.deleteTensor(id);
}

export function resourceValues(handle: number): Float32Array {
  const { binding } = nodeBackend();
  const { id } = readResource(handle);
  const values = binding.tensorDataSync(id) as Float32Array;
  binding.deleteTensor(id);
  return values;
}

/** Frees the variable, which may never have been given a value, and its handle. */
export function destroyResource(handle: number): void {
  const { binding } = nodeBackend();
  binding.executeOp("DestroyResourceOp", [{ name: "ignore_lookup_error", type: ATTR.bool, value: true }], [handle], 0);
  binding.deleteTensor(handle);
}
