/** @file The blocks of a network, by the names of its weights. */
import { DomainError } from "@tessera/domain/errors";

/**
 * The block of a weight: "stem", "block3", "stage2/block0", "encoder/level1"; null: of no block, as the head and a decoder.
 * Blocks are what `firstBlocks` counts, the stem as the first.
 */
export function blockOf(name: string): string | null {
  const found = /^(stem|block\d+|last|stage\d+\/block\d+|encoder\/level\d+)\//.exec(name);
  return found?.[1] ?? null;
}

/** As blockOf, but a U-Net's decoder has its levels too ("decoder/level0"); null: the head, or of no place. */
export function placeOf(name: string): string | null {
  return blockOf(name) ?? /^(decoder\/level\d+)\//.exec(name)?.[1] ?? null;
}

/**
 * The names that belong to the first `k` blocks.
 * @param names in the model's own order
 * @throws DomainError BAD_INPUT when there are not so many blocks
 */
export function firstBlocks(names: readonly string[], k: number): string[] {
  const blocks = [...new Set(names.map(blockOf).filter((block) => block !== null))];
  if (!Number.isInteger(k) || k < 1 || k > blocks.length) {
    const message = `firstBlocks: expected a whole number from 1 to ${blocks.length}, got ${k}; the blocks are ${blocks.join(", ")}`;
    throw new DomainError("BAD_INPUT", message, { blocks: blocks.length, got: k });
  }
  const wanted = new Set<string | null>(blocks.slice(0, k));
  return names.filter((name) => wanted.has(blockOf(name)));
}

/** The names that belong to the encoder: of a U-Net the deepest level included, of a classifier all but the head. */
export function encoderWeights(names: readonly string[]): string[] {
  const encoder = names.filter((name) => name.startsWith("encoder/"));
  return encoder.length > 0 ? encoder : names.filter((name) => !name.startsWith("head/"));
}
