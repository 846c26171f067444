/** @file The models whose planned peak is compared with the measured one. */
import type { Case, UNetCase } from "../../test/engine/support/planned.ts";

const unet = (
  size: number,
  filters: number,
  batch: number,
  normalization: UNetCase["normalization"],
  depth = 4,
): Case => ({
  family: "unet",
  size,
  depth,
  filters,
  batch,
  normalization,
});

export const cases: readonly Case[] = [
  unet(64, 8, 1, "none"),
  unet(64, 8, 16, "batch"),
  unet(64, 32, 1, "batch"),
  unet(64, 32, 16, "none"),
  unet(128, 8, 1, "batch"),
  unet(128, 8, 16, "none"),
  unet(128, 16, 4, "batch"),
  unet(128, 16, 8, "batch", 5),
  unet(128, 32, 1, "none", 5),
  unet(128, 32, 4, "none"),
  unet(256, 8, 4, "batch"),
  unet(256, 16, 1, "none"),
  unet(256, 16, 8, "batch"),
  unet(256, 32, 1, "batch"),
  unet(256, 32, 4, "batch"),
  ...[100, 300, 1000, 3000, 10_000, 20_000].map((tiles): Case => ({ family: "mil", tiles })),
];

export const label = (each: Case): string =>
  each.family === "mil"
    ? `attention MIL, 1 × ${each.tiles} tiles × 512`
    : `U-Net ${each.batch} × ${each.size}², ${each.filters} filters, depth ${each.depth}, ${each.normalization === "batch" ? "batch norm" : "no norm"}`;
