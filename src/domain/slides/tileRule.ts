/** @file How a slide is cut into tiles: what a person chooses, with its limits. */
import { DomainError } from "../errors.ts";

export interface TileRule {
  /** Pixels of a tile's side. */
  readonly size: number;
  /** Of a tile's pixels. */
  readonly micronsPerPixel: number;
  /** Pixels that neighbours share, 0 to size - 1. */
  readonly overlap: number;
  /** A tile stays where at least this share of it is tissue, 0 to 1. */
  readonly leastTissue: number;
  /** A tile stays where its sharpness (sharpness.ts) is at least this; 0 keeps blurred tiles. */
  readonly leastSharpness: number;
  /** Of slides that carry no scale of their own; null: such a slide is refused. */
  readonly assumedMicronsPerPixel: number | null;
}

export const usualTileRule: TileRule = {
  size: 224,
  micronsPerPixel: 0.5,
  overlap: 0,
  leastTissue: 0.5,
  leastSharpness: 20,
  assumedMicronsPerPixel: null,
};

/** @throws DomainError BAD_INPUT naming the field */
export function checkTileRule(rule: TileRule): TileRule {
  const refuse = (field: keyof TileRule, expected: string) => {
    throw new DomainError("BAD_INPUT", `${field}: expected ${expected}, got ${rule[field]}`, { field });
  };
  const within = (value: number, least: number, most: number) => value >= least && value <= most;
  if (!Number.isInteger(rule.size) || !within(rule.size, 32, 1024))
    refuse("size", "a whole number of pixels from 32 to 1024");
  if (!within(rule.micronsPerPixel, 0.05, 20)) refuse("micronsPerPixel", "0.05 to 20 microns per pixel");
  if (!Number.isInteger(rule.overlap) || !within(rule.overlap, 0, rule.size - 1)) {
    refuse("overlap", `a whole number of pixels from 0 to ${rule.size - 1}, less than the tile's side`);
  }
  if (!within(rule.leastTissue, 0, 1)) refuse("leastTissue", "a share from 0 to 1");
  if (!within(rule.leastSharpness, 0, 10_000)) refuse("leastSharpness", "0 to 10000");
  const { assumedMicronsPerPixel } = rule;
  if (assumedMicronsPerPixel !== null && !within(assumedMicronsPerPixel, 0.05, 20)) {
    refuse("assumedMicronsPerPixel", "0.05 to 20 microns per pixel, or none");
  }
  return rule;
}
