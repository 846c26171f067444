/** @file Where bytes are kept: content-addressed, per team, never changed. The key is team/sha256. */
import type { Readable } from "node:stream";

export interface StoredObject {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export interface Objects {
  /**
   * Keeps the bytes; when the promise resolves they survive a power cut. The same bytes twice are kept once.
   * @throws DomainError BAD_INPUT when they are not what `expectedSha256` says: nothing is kept then.
   */
  put(teamId: string, bytes: Buffer | Readable, expectedSha256?: string): Promise<StoredObject>;
  /** The whole object. @throws DomainError NOT_FOUND; TOO_LARGE over 1 GiB, as slides are; BAD_FILE when the stored bytes have changed. */
  read(teamId: string, sha256: string): Promise<Buffer>;
  /** Bytes from `start` to `end`, both included. @throws DomainError NOT_FOUND. */
  stream(teamId: string, sha256: string, range?: { readonly start?: number; readonly end?: number }): Promise<Readable>;
  /** The path of the object's bytes on this machine, to be read only, for what cannot read a stream. @throws DomainError NOT_FOUND. */
  path(teamId: string, sha256: string): Promise<string>;
  /** Bytes; null where there is no such object. */
  size(teamId: string, sha256: string): Promise<number | null>;
  /** Gives the space back; nothing where there is no such object. Only for what the database has forgotten before. */
  remove(teamId: string, sha256: string): Promise<void>;
}
