/** @file The pyramid that a viewer asks for: Deep Zoom's, every level half the one above, down to one pixel. */

export const zoomTileSide = 512;

export interface ZoomTile {
  /** What it covers, pixels of the slide. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Pixels of the tile; less than its side at the right and lower end. */
  readonly width: number;
  readonly height: number;
}

/** Level 0 is one pixel; the highest is the slide itself. */
export function zoomLevels({ width, height }: { readonly width: number; readonly height: number }) {
  const highest = Math.ceil(Math.log2(Math.max(width, height, 1)));
  return {
    highest,
    /** null: outside the slide. */
    tile(level: number, column: number, row: number): ZoomTile | null {
      if (!Number.isInteger(level) || level < 0 || level > highest) return null;
      const scale = 2 ** (highest - level);
      const [levelWidth, levelHeight] = [Math.ceil(width / scale), Math.ceil(height / scale)];
      const [left, top] = [column * zoomTileSide, row * zoomTileSide];
      if (column < 0 || row < 0 || left >= levelWidth || top >= levelHeight) return null;
      const [w, h] = [Math.min(zoomTileSide, levelWidth - left), Math.min(zoomTileSide, levelHeight - top)];
      return { area: { x: left * scale, y: top * scale, width: w * scale, height: h * scale }, width: w, height: h };
    },
  };
}
