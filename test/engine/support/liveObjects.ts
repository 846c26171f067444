/** @file Counts the objects of TensorFlow's C API that were made and not deleted, by wrapping the functions that do it. */
import type { CApi } from "@tessera/engine/capi";

type Any = (...values: never[]) => unknown;

const pairs = {
  statuses: ["TF_NewStatus", "TF_DeleteStatus"],
  tensors: ["TF_AllocateTensor|TFE_TensorHandleResolve", "TF_DeleteTensor"],
  buffers: ["TF_NewBuffer", "TF_DeleteBuffer"],
  operations: ["TFE_NewOp", "TFE_DeleteOp"],
  functions: ["TFE_ContextAddFunctionDef", "TFE_ContextRemoveFunction"],
  handles: [
    "TFE_NewTensorHandle|TFE_TensorHandleCopySharingTensor|TFE_TensorHandleCopyToDevice",
    "TFE_DeleteTensorHandle",
  ],
} as const;

export type LiveObjects = Record<keyof typeof pairs, number>;

/** From now on; `c` is changed in place. */
export function countLiveObjects(c: CApi): LiveObjects {
  const live = Object.fromEntries(Object.keys(pairs).map((kind) => [kind, 0])) as LiveObjects;
  const functions = c as unknown as Record<string, Any>;
  const wrap = (name: string, after: (...values: never[]) => void) => {
    const original = functions[name]!;
    const counted = (...values: never[]) => {
      const result = original(...values);
      after(...values);
      return result;
    };
    functions[name] = Object.assign(counted, original);
  };
  for (const [kind, [makers, deleter]] of Object.entries(pairs)) {
    const add = (by: number) => () => {
      live[kind as keyof LiveObjects] += by;
    };
    for (const maker of makers.split("|")) wrap(maker, add(1));
    wrap(deleter, add(-1));
  }

  // Results of an operation are handles too: TensorFlow writes how many there are.
  type Execute = (op: number, results: unknown, count: Uint32Array, ...rest: unknown[]) => unknown;
  const execute = functions.TFE_Execute as unknown as Execute & { async: Execute };
  const async: Execute = (op, results, count, status, done) =>
    execute.async(op, results, count, status, (...values: unknown[]) => {
      live.handles += count[0]!;
      (done as (...all: unknown[]) => void)(...values);
    });
  const sync: Execute = (op, results, count, ...rest) => {
    const returned = execute(op, results, count, ...rest);
    live.handles += count[0]!;
    return returned;
  };
  functions.TFE_Execute = Object.assign(sync, { async }) as unknown as Any;
  return live;
}
