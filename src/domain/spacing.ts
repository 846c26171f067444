/** @file How large a pixel is, where an item says so. */

export interface Spaced {
  /** Of the origin file: mm per pixel along a row, and along a column where it is another. */
  readonly spacingMm: number | null;
  readonly spacingYMm: number | null;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** mm per pixel of a square of `size` that the item was stretched to, oblong unless the item is square; null where it has no spacing. */
export function squareSpacing(
  { spacingMm, spacingYMm, width, height }: Spaced,
  size: number,
): { readonly x: number; readonly y: number } | null {
  if (spacingMm === null) return null;
  return { x: (spacingMm * width) / size, y: ((spacingYMm ?? spacingMm) * height) / size };
}
