/** @file Values of the host into tensors and back. */
import { int64s } from "./attributes.ts";
import type { Pointer } from "./capi.ts";
import { INT32, STRING } from "./dataTypes.ts";
import type { EagerContext } from "./eagerContext.ts";
import { checkedNumbers, checkedStrings, type HostValues, typedView } from "./hostValues.ts";
import { bufferRefused } from "./outOfMemory.ts";
import { readStrings, stringBytes, writeStrings } from "./strings.ts";

/** @returns a handle that the caller deletes, on the GPU where there is one and it takes the type. @throws EngineError BAD_TENSOR */
export function makeTensor(
  context: EagerContext,
  shape: readonly number[],
  dtype: number,
  values: HostValues,
): Pointer {
  if (dtype === STRING) return fromStrings(context, shape, values);
  const handle = fromNumbers(context, shape, dtype, values);
  return dtype === INT32 ? handle : context.onDevice(handle);
}

function fromNumbers(context: EagerContext, shape: readonly number[], dtype: number, values: HostValues): Pointer {
  const { c, status } = context;
  const source = checkedNumbers(shape, dtype, values);
  const tensor = c.TF_AllocateTensor(dtype, int64s(shape), shape.length, source.byteLength);
  if (source.byteLength > 0) {
    const data = tensor === 0 ? 0 : c.TF_TensorData(tensor);
    if (data === 0) {
      if (tensor !== 0) c.TF_DeleteTensor(tensor);
      throw bufferRefused(shape, source.byteLength);
    }
    c.memcpyTo(data, source, source.byteLength);
  }
  const handle = c.TFE_NewTensorHandle(tensor, status);
  c.TF_DeleteTensor(tensor);
  context.check("Making a tensor");
  return handle;
}

/** TensorFlow copies the strings into a tensor of its own; see strings.ts for who frees what. */
function fromStrings(context: EagerContext, shape: readonly number[], values: HostValues): Pointer {
  const { c, status } = context;
  const source = checkedStrings(shape, values);
  const tensor = c.TF_AllocateTensor(STRING, int64s(shape), shape.length, stringBytes * source.length);
  writeStrings(c, tensor, source);
  const shared = c.TFE_NewTensorHandle(tensor, status);
  const [copy] = context.run(context.prepare("DeepCopy", [], [shared]), "Making a string tensor", 1);
  c.TFE_DeleteTensorHandle(shared);
  c.TF_DeleteTensor(tensor); // the last reference
  return copy!;
}

/** A copy of a tensor's values; waits for whatever still computes them. */
export function tensorValues(context: EagerContext, handle: Pointer): HostValues {
  const { c, status } = context;
  const dtype = c.TFE_TensorHandleDataType(handle);
  const tensor = c.TFE_TensorHandleResolve(handle, status);
  context.check("Reading a tensor");
  try {
    if (dtype === STRING) return readStrings(c, tensor);
    const bytes = new Uint8Array(c.TF_TensorByteSize(tensor));
    if (bytes.length > 0) c.memcpyFrom(bytes, c.TF_TensorData(tensor), bytes.length);
    return typedView(dtype, bytes.buffer);
  } finally {
    c.TF_DeleteTensor(tensor);
  }
}
