/**
 * @file A mask as a reader draws it who clicks few corners: its outlines simplified by Douglas & Peucker 1973, filled again.
 *
 * Outlines run between pixels, along their sides, holes too; filled by the even-odd rule at pixel centres. Without tolerance the mask comes
 * back as it was. Differs from the paper in being of closed lines: each is cut at its two farthest corners.
 */

type Point = readonly [x: number, y: number];

/** @param mask [height*width]; anything but 0 is foreground. @param tolerance pixels. @returns [height*width], 0 or 1 */
export function simplifyOutline(mask: Uint8Array, width: number, height: number, tolerance: number): Uint8Array {
  const rings = outlines(mask, width, height).map((ring) => simplifyRing(ring, tolerance));
  return fill(rings, width, height);
}

/** Directed sides with foreground on their right, joined to closed rings of corner points. */
function outlines(mask: Uint8Array, width: number, height: number): Point[][] {
  const at = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] !== 0;
  const corners = width + 1;
  const next = new Map<number, number[]>(); // corner -> corners that its sides lead to
  const side = (x0: number, y0: number, x1: number, y1: number) => {
    const from = y0 * corners + x0;
    const known = next.get(from);
    if (known) known.push(y1 * corners + x1);
    else next.set(from, [y1 * corners + x1]);
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!at(x, y)) continue;
      if (!at(x, y - 1)) side(x, y, x + 1, y);
      if (!at(x + 1, y)) side(x + 1, y, x + 1, y + 1);
      if (!at(x, y + 1)) side(x + 1, y + 1, x, y + 1);
      if (!at(x - 1, y)) side(x, y + 1, x, y);
    }
  }
  const rings: Point[][] = [];
  for (const [start, ways] of next) {
    while (ways.length > 0) {
      const ring: Point[] = [];
      let corner = start;
      do {
        ring.push([corner % corners, Math.floor(corner / corners)]);
        corner = next.get(corner)!.pop()!;
      } while (corner !== start);
      rings.push(ring);
    }
  }
  return rings;
}

function simplifyRing(ring: readonly Point[], tolerance: number): readonly Point[] {
  if (tolerance <= 0) return ring;
  let far = 0;
  for (const [index, point] of ring.entries()) if (apart(point, ring[0]!) > apart(ring[far]!, ring[0]!)) far = index;
  const there = simplifyLine(ring.slice(0, far + 1), tolerance);
  const back = simplifyLine([...ring.slice(far), ring[0]!], tolerance);
  return [...there.slice(0, -1), ...back.slice(0, -1)];
}

const apart = ([x, y]: Point, [u, v]: Point) => (x - u) ** 2 + (y - v) ** 2;

function simplifyLine(line: readonly Point[], tolerance: number): Point[] {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to] = part;
    let [worst, distance] = [-1, tolerance];
    for (let index = from + 1; index < to; index++) {
      const here = toSegment(line[index]!, line[from]!, line[to]!);
      if (here > distance) [worst, distance] = [index, here];
    }
    if (worst < 0) continue;
    keep[worst] = 1;
    open.push([from, worst], [worst, to]);
  }
  return line.filter((_, index) => keep[index] === 1);
}

function toSegment([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

function fill(rings: readonly (readonly Point[])[], width: number, height: number): Uint8Array {
  const result = new Uint8Array(width * height);
  const crossings: number[][] = Array.from({ length: height }, () => []);
  for (const ring of rings) {
    for (const [index, [x0, y0]] of ring.entries()) {
      const [x1, y1] = ring[(index + 1) % ring.length]!;
      if (y0 === y1) continue;
      const [low, high] = [Math.min(y0, y1), Math.max(y0, y1)];
      for (let y = Math.max(0, Math.ceil(low - 0.5)); y + 0.5 < high && y < height; y++) {
        crossings[y]!.push(x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0));
      }
    }
  }
  for (const [y, row] of crossings.entries()) {
    row.sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < row.length; pair += 2) {
      for (let x = Math.max(0, Math.ceil(row[pair]! - 0.5)); x + 0.5 < row[pair + 1]! && x < width; x++) {
        result[y * width + x] = 1;
      }
    }
  }
  return result;
}
