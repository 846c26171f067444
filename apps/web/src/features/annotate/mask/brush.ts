/** @file The brush: every pixel whose centre lies within the radius of the way that the pointer went. */
import { type Box, clipped, type Point, type Reached } from "./maskImage.ts";

/** @param radius in pixels of the image; below about 0.7 a point may reach no centre, so it reaches the pixel that it lies in */
export function stroke(
  from: Point,
  to: Point,
  radius: number,
  width: number,
  height: number,
): { reached: Reached; box: Box } {
  const reached = new Uint8Array(width * height);
  const box = clipped(
    {
      x0: Math.min(from.x, to.x) - radius,
      y0: Math.min(from.y, to.y) - radius,
      x1: Math.max(from.x, to.x) + radius + 1,
      y1: Math.max(from.y, to.y) + radius + 1,
    },
    width,
    height,
  );
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
      const [u, v] = [px - share * dx, py - share * dy];
      if (u * u + v * v <= radius * radius) reached[y * width + x] = 1;
    }
  }
  const [x, y] = [Math.floor(to.x), Math.floor(to.y)];
  if (x >= 0 && y >= 0 && x < width && y < height) reached[y * width + x] = 1;
  return { reached, box };
}
