/**
 * @file safetensors: named tensors in one blob that other programs read too.
 *
 *   8 bytes   length of the header, little-endian
 *   header    JSON {"name": {"dtype", "shape", "data_offsets": [begin, end]}, "__metadata__": {string: string}}, padded by spaces
 *   data      the tensors, row-major, little-endian, in the order of their names
 *
 * Only F32 is written and read: all that a checkpoint holds. Equal content gives equal bytes.
 * Format: https://github.com/huggingface/safetensors (README, "Format").
 */
import type { TensorFile } from "@tessera/domain/weights/safetensors";
import { atOnce, inTurns } from "./turns.ts";

export { type NamedTensor, readSafetensors, type TensorFile } from "@tessera/domain/weights/safetensors";

/** What is copied between two turns of the event loop. */
const partBytes = 2 ** 21;

const elements = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

export const writeSafetensors = (file: TensorFile): Uint8Array => atOnce(writing(file));

/** As writeSafetensors, with turns of the event loop between tensors. */
export const writeSafetensorsInTurns = (file: TensorFile): Promise<Uint8Array> => inTurns(writing(file));

function* writing({ tensors, metadata }: TensorFile): Generator<void, Uint8Array> {
  const names = [...tensors.keys()].sort();
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const name of names) {
    const { shape, data: values } = tensors.get(name)!;
    if (elements(shape) !== values.length || name === "__metadata__") {
      throw new RangeError(`writeSafetensors: ${name} has shape [${shape}] and ${values.length} values`);
    }
    header[name] = { dtype: "F32", shape, data_offsets: [length, length + values.byteLength] };
    length += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8; // data is aligned
  const bytes = Buffer.allocUnsafeSlow(start + length); // every byte is written below
  bytes.fill(0x20, 0, start);
  bytes.writeBigUInt64LE(BigInt(start - 8));
  text.copy(bytes, 8);
  let at = start;
  for (const name of names) {
    const { data: values } = tensors.get(name)!;
    const from = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let done = 0; done < from.length; done += partBytes) {
      bytes.set(from.subarray(done, done + partBytes), at + done);
      yield;
    }
    at += from.length;
  }
  return bytes;
}
