/**
 * @file Arrays in an HDF5 file, by h5wasm: the HDF Group's own library as WebAssembly, whose memory is apart from Node's.
 *
 * A hostile file is held by: a door that lets the library open this one file and nothing else (a dataset may name any file of the
 * machine as the place of its numbers); limits on what is unpacked at a time and on what a small file may become, checked on what
 * its headers say before a number is read; the memory limit and the clock of the child that this runs in.
 */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Attributes } from "@tessera/domain/bags/featureFile";
import { DomainError } from "@tessera/domain/errors";
import { Dataset, File, ready } from "h5wasm/node";
import { describe } from "../fileKind.ts";
import { type ArrayFile, partBytes, type StoredArray } from "./arrayFile.ts";
import { guardFiles, type LibraryFiles } from "./hdf5Door.ts";
import { isReadable, type NumberType } from "./numbers.ts";

/** Bytes of a chunk, unpacked: the library holds one whole. */
const mostChunkBytes = 64 * 2 ** 20;
/** Times the file that its numbers may take: features are noise to a packer; zeros are not. */
const mostExpansion = 100;
const mostAttributeNumbers = 8;
/** Deflate, shuffle and Fletcher's checksum. h5py's LZF is a plug-in, which the library has not and may not load. */
const filters = new Set([1, 2, 3]);

const bad = (message: string, details: Record<string, unknown> = {}) => new DomainError("BAD_FILE", message, details);

/** @throws DomainError BAD_FILE */
export async function openHdf5(path: string): Promise<ArrayFile> {
  checkSignature(path);
  const fileBytes = statSync(path).size;
  const library = await ready;
  const door = guardFiles(library.FS as unknown as LibraryFiles);
  door.allow(path);
  const file = new File(path, "r").file_id;
  if (file < 0) {
    throw bad("The HDF5 file is damaged, or ends before its contents do; copy it again from its source", {
      truncated: true,
    });
  }

  function array(name: string): StoredArray | null {
    if (!names().includes(name)) return null;
    if (library.get_type(file, name) !== library.H5G_DATASET) {
      throw bad(`"${name}" in the HDF5 file is a group or a link; expected an array of numbers in this file itself`);
    }
    const { shape, type, size, signed, chunks, virtual_sources } = library.get_dataset_metadata(file, name);
    const kind = type === library.H5T_class_t.H5T_FLOAT.value ? "float" : signed ? "int" : "uint";
    const numberType: NumberType = { kind, bytes: size, littleEndian: true }; // as the library hands them out, however they lie
    const isNumber = kind === "float" || type === library.H5T_class_t.H5T_INTEGER.value;
    if (!isNumber || !isReadable(numberType) || shape === null || shape.length === 0) {
      throw bad(`"${name}" in the HDF5 file is no array of whole numbers or 16-, 32- or 64-bit floats`);
    }
    if (virtual_sources !== undefined) throw elsewhere(name);
    const bytes = size * product(shape);
    const chunkBytes = chunks === null ? 0 : size * product(chunks);
    if (chunkBytes > mostChunkBytes) {
      throw bad(
        `"${name}" lies in chunks of ${Math.round(chunkBytes / 2 ** 20)} MiB (${chunks!.join(" x ")}); expected at most ${mostChunkBytes / 2 ** 20} MiB: write it in smaller chunks, as h5repack -l ${name}:CHUNK=… does`,
      );
    }
    const packers = library.get_dataset_filters(file, name);
    const unknown = packers.find(({ id }) => !filters.has(id));
    if (unknown !== undefined) {
      throw bad(
        `"${name}" is packed by ${unknown.name || `filter ${unknown.id}`}; expected gzip or none: write it again so`,
      );
    }
    const most = packers.length === 0 ? fileBytes : mostExpansion * fileBytes;
    if (!(bytes <= most)) {
      throw bad(
        `"${name}" claims ${shape.join(" x ")} numbers, ${bytes} bytes, and the whole file has ${fileBytes}; it was cut off, never filled, or made to grow when it is read`,
        { truncated: packers.length === 0 },
      );
    }
    const rowBytes = size * (shape.at(-1) ?? 1);
    const inChunk = chunks?.at(-2) ?? 1;
    const together = rowBytes * inChunk > mostChunkBytes ? 1 : inChunk; // chunks much narrower than a row are unpacked again and again
    return {
      shape,
      type: numberType,
      rowsAtOnce: together * Math.max(1, Math.floor(partBytes / (rowBytes * together))),
    };
  }

  const names = () => library.get_names(file, "/", false) ?? [];

  function attributes(name: string, wanted: readonly string[]): Attributes {
    const there = new Set(library.get_attribute_names(file, name));
    const found: Record<string, Attributes[string]> = {};
    for (const each of wanted) {
      if (!there.has(each)) continue;
      const { type, total_size: count, size } = library.get_attribute_metadata(file, name, each);
      const isText = type === library.H5T_class_t.H5T_STRING.value;
      const isNumber = type === library.H5T_class_t.H5T_INTEGER.value || type === library.H5T_class_t.H5T_FLOAT.value;
      if (!(isText ? count === 1 && size <= 1024 : isNumber && count <= mostAttributeNumbers)) continue;
      const value = new Dataset(file, name).get_attribute(each, true); // of 64 bits: as a number
      const plain = Array.isArray(value) ? value.map(Number) : value;
      if (typeof plain === "number" || typeof plain === "string" || Array.isArray(plain)) found[each] = plain;
    }
    return found;
  }

  function rows(name: string, from: number, to: number): Uint8Array {
    const { shape, size } = library.get_dataset_metadata(file, name);
    const before = shape!.slice(0, -2).map(() => 0);
    const count = [...before.map(() => 1), to - from, shape!.at(-1)!];
    const bytes = size * product(count);
    const at = library._malloc(bytes);
    if (at === 0)
      throw bad(`Reading ${to - from} rows of "${name}" needs more memory than a file of features may take`);
    try {
      const big = (values: readonly number[]) => values.map(BigInt);
      const status = library.get_dataset_data(
        file,
        name,
        big(count),
        big([...before, from, 0]),
        big(count.map(() => 1)),
        BigInt(at),
      );
      if (status < 0) throw door.refused() ? elsewhere(name) : unreadable();
      return library.HEAPU8.slice(at, at + bytes);
    } finally {
      library._free(at);
    }
  }

  /** What the library throws is about the file; where its memory is broken, this process is not to be used again. */
  function asked<T>(question: () => T): T {
    try {
      return question();
    } catch (error) {
      if (error instanceof DomainError) throw error;
      if ((error as Error).name === "RuntimeError") process.exit(1);
      throw door.refused() ? elsewhere("features") : unreadable();
    }
  }

  return {
    array: (name) => asked(() => array(name)),
    names: () => asked(names),
    attributes: (name, wanted) => asked(() => attributes(name, wanted)),
    rows: (name, from, to) => asked(() => rows(name, from, to)),
    close() {
      library.close_file(file);
      door.allow(null);
    },
  };
}

const elsewhere = (name: string) =>
  bad(`"${name}" points to numbers in another file; expected them in this file itself: copy them into it`);
const unreadable = () => bad("The HDF5 file is damaged; copy it again from its source");
const product = (sides: readonly number[]) => sides.reduce((all, side) => all * side, 1);

/** The superblock is at byte 0, 512, 1024, 2048 … (HDF5 File Format Specification 3.0, II.A). */
function checkSignature(path: string): void {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(2 ** 16);
    const bytes = head.subarray(0, readSync(file, head, 0, head.length, 0));
    if (bytes.length === 0) throw bad("The file is empty (0 bytes); send it again");
    for (let at = 0; at < bytes.length; at = at === 0 ? 512 : 2 * at) {
      if (bytes.toString("latin1", at, at + 8) === "\x89HDF\r\n\x1a\n") return;
    }
    const found = describe(bytes);
    throw bad(`Expected an HDF5 file, got ${found}; send the .h5 file that CLAM or TRIDENT wrote`, { found });
  } finally {
    closeSync(file);
  }
}
