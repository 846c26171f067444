/**
 * @file Tensors of strings: TF_TString in and out.
 *
 * A TF_TString of over 22 bytes owns memory of its own. TF_DeleteTensor frees it only as the last reference to the tensor; a
 * handle that outlives it leaks every string (pitfall 10). So what we fill is copied by TensorFlow, and then deleted last.
 */
import type { CApi, Pointer } from "./capi.ts";

/** sizeof(TF_TString) */
export const stringBytes = 24;

/** Fills a freshly allocated string tensor. */
export function writeStrings(c: CApi, tensor: Pointer, values: readonly Uint8Array[]): void {
  const data = c.TF_TensorData(tensor);
  values.forEach((value, i) => {
    const at = data + stringBytes * i;
    c.TF_StringInit(at);
    c.TF_StringCopy(at, value, value.length);
  });
}

export function readStrings(c: CApi, tensor: Pointer): Uint8Array[] {
  const data = c.TF_TensorData(tensor);
  return Array.from({ length: c.TF_TensorElementCount(tensor) }, (_, i) => {
    const at = data + stringBytes * i;
    const value = new Uint8Array(c.TF_StringGetSize(at));
    if (value.length > 0) c.memcpyFrom(value, c.TF_StringGetDataPointer(at), value.length);
    return value;
  });
}
