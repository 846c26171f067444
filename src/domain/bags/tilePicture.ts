/** @file Tiles whose features are pixels. */

/** Row by row from the top, channels of a pixel together. */
export interface TilePicture {
  /** Pixels. */
  readonly side: number;
  readonly channels: 1 | 3;
}

/**
 * The square picture that so many numbers are: grey, or of three channels. Never both: side² = 3 side'² has no whole solution.
 * @returns null where they are none
 */
export function tilePicture(features: number): TilePicture | null {
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(features / channels);
    if (side >= 1 && Number.isInteger(side)) return { side, channels };
  }
  return null;
}
