/**
 * @file The files that the HDF5 library may open: one at a time, to be read. Its build for Node has the whole disk, and a dataset, a
 * link or a plug-in may name any file of it.
 */

/** What is used of the library's view of the disk (Emscripten's FS). */
export interface LibraryFiles {
  open(path: string, flags: number, mode?: number): unknown;
  write(
    stream: { readonly nfd?: number },
    buffer: Uint8Array,
    offset: number,
    length: number,
    position?: number,
  ): number;
  readonly ErrnoError: new (code: number) => Error;
}

export interface Door {
  /** null: none. */
  allow(path: string | null): void;
  /** Whether another file was asked for since the last `allow`. */
  refused(): boolean;
}

const noAccess = 2; // EACCES of WASI, as the library's C code has it
const accessMode = 3; // O_RDONLY is 0 of these bits
const lastStandardStream = 2;

let door: Door | null = null;

/** Once for a process. */
export function guardFiles(files: LibraryFiles): Door {
  if (door !== null) return door;
  const { open, write, ErrnoError } = files;
  let allowed: string | null = null;
  let refused = false;
  files.open = (path, flags, mode) => {
    if (path === allowed && (flags & accessMode) === 0) return open(path, flags, mode);
    refused = true;
    throw new ErrnoError(noAccess);
  };
  // The library prints a trace of each refusal; the refusal itself is told in words.
  files.write = (stream, buffer, offset, length, position) =>
    stream.nfd !== undefined && stream.nfd <= lastStandardStream
      ? length
      : write(stream, buffer, offset, length, position);
  door = {
    allow(path) {
      allowed = path;
      refused = false;
    },
    refused: () => refused,
  };
  return door;
}
