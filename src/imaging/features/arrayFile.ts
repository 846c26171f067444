/** @file A file of named arrays of numbers, read by rows. */
import type { Attributes } from "@tessera/domain/bags/featureFile";
import type { NumberType } from "./numbers.ts";

export interface StoredArray {
  /** The rows are the last axis but one. */
  readonly shape: readonly number[];
  readonly type: NumberType;
  /** Rows that are read together best: a part of a file that is packed is unpacked whole. */
  readonly rowsAtOnce: number;
}

export interface ArrayFile {
  /** null: there is none of this name. @throws DomainError BAD_FILE for one that is no array of numbers, or against the limits */
  array(name: string): StoredArray | null;
  /** Of all that there is, for a message. */
  names(): readonly string[];
  /** Those of the names asked that are short. */
  attributes(name: string, wanted: readonly string[]): Attributes;
  /** @returns the bytes of the rows, one after another. @throws DomainError BAD_FILE */
  rows(name: string, from: number, to: number): Uint8Array;
  close(): void;
}

/** What is read and unpacked at a time, bytes. */
export const partBytes = 8 * 2 ** 20;
