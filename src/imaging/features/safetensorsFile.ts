/** @file Arrays in a safetensors file, read where they lie. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { DomainError } from "@tessera/domain/errors";
import { readSafetensorsHeader } from "@tessera/domain/weights/safetensors";
import { type ArrayFile, partBytes } from "./arrayFile.ts";
import type { NumberType } from "./numbers.ts";

const types: Readonly<Record<string, Pick<NumberType, "kind" | "bytes">>> = {
  F64: { kind: "float", bytes: 8 },
  F32: { kind: "float", bytes: 4 },
  F16: { kind: "float", bytes: 2 },
  BF16: { kind: "bfloat", bytes: 2 },
  I64: { kind: "int", bytes: 8 },
  I32: { kind: "int", bytes: 4 },
  I16: { kind: "int", bytes: 2 },
  U8: { kind: "uint", bytes: 1 },
};

/** @throws DomainError BAD_FILE */
export function openSafetensors(path: string): ArrayFile {
  const file = openSync(path, "r");
  try {
    const read = (from: number, bytes: number) => {
      const part = Buffer.alloc(bytes);
      if (readSync(file, part, 0, bytes, from) === bytes) return part;
      throw new DomainError("BAD_FILE", "The file ends before its numbers do; copy it again", { truncated: true });
    };
    const { start, entries, metadata } = readSafetensorsHeader(read, fstatSync(file).size, Object.keys(types));
    const rowBytes = (name: string) => types[entries.get(name)!.dtype]!.bytes * (entries.get(name)!.shape.at(-1) ?? 1);
    return {
      array(name) {
        const entry = entries.get(name);
        if (entry === undefined) return null;
        const rowsAtOnce = Math.max(1, Math.floor(partBytes / Math.max(1, rowBytes(name))));
        return { shape: entry.shape, type: { ...types[entry.dtype]!, littleEndian: true }, rowsAtOnce };
      },
      names: () => [...entries.keys()],
      // A tensor has none of its own: those of the file, which are text.
      attributes: (_, wanted) =>
        Object.fromEntries(
          wanted.flatMap((name) => {
            const text = metadata[name];
            if (typeof text !== "string" || text.length > 200) return [];
            return [[name, text !== "" && Number.isFinite(Number(text)) ? Number(text) : text]];
          }),
        ),
      rows: (name, from, to) =>
        read(start + entries.get(name)!.begin + from * rowBytes(name), (to - from) * rowBytes(name)),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
