/**
 * @file Tensors of strings: TF_TString in and out.
 *
 * A TF_TString of over 22 bytes owns memory of its own that TF_DeleteTensor does not free (pitfall 10): whoever fills
 * one must deallocate it, and only when nothing shares its buffer.
 */
import type { CApi, Pointer } from "./capi.ts";

/** sizeof(TF_TString) */
export const stringBytes = 24;

/** Fills a freshly allocated string tensor. Give it to `freeStrings` before it is deleted. */
export function writeStrings(c: CApi, tensor: Pointer, values: readonly Uint8Array[]): void {
  const data = c.TF_TensorData(tensor);
  values.forEach((value, i) => {
    const at = data + stringBytes * i;
    c.TF_StringInit(at);
    c.TF_StringCopy(at, value, value.length);
  });
}

export function freeStrings(c: CApi, tensor: Pointer, count: number): void {
  const data = c.TF_TensorData(tensor);
  for (let i = 0; i < count; i++) c.TF_StringDealloc(data + stringBytes * i);
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
