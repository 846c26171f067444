/**
 * @file The polygon: every pixel whose centre lies inside, by the even-odd rule (a way that crosses itself leaves its overlap out).
 *
 * A centre on an edge is inside where the edge is a left or an upper one, so that two polygons that share an edge share no pixel.
 */
import { type Box, clipped, type Point, type Reached } from "./maskImage.ts";

export function polygon(points: readonly Point[], width: number, height: number): { reached: Reached; box: Box } {
  const reached = new Uint8Array(width * height);
  if (points.length < 3) return { reached, box: { x0: 0, y0: 0, x1: 0, y1: 0 } };
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const corners = { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs) + 1, y1: Math.max(...ys) + 1 };
  const box = clipped(corners, width, height);
  for (let y = box.y0; y < box.y1; y++) {
    const crossings = crossingsAt(points, y + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      // the first centre at or right of a crossing to the last one left of the next
      const first = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const end = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      for (let x = first; x < end; x++) reached[y * width + x] = 1;
    }
  }
  return { reached, box };
}

/** Where the polygon's edges cross a horizontal line, rising. */
function crossingsAt(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  for (const [i, a] of points.entries()) {
    const b = points[(i + 1) % points.length]!;
    if (a.y <= y === b.y <= y) continue;
    found.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
  }
  return found.sort((a, b) => a - b);
}
