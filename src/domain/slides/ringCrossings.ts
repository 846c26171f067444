/**
 * @file Where outlines cross. What is valid is what OGC's Simple Features (06-103r4, 6.1.11) says of a polygon: a ring meets
 * itself nowhere; two rings may touch in single points, but neither cross nor share a side.
 */

/** x to the right, y down, in pixels of level 0. */
export type Corner = readonly [x: number, y: number];
/** At least three corners; the last joins the first. */
export type Ring = readonly Corner[];

export interface Crossing {
  readonly x: number;
  readonly y: number;
}

interface Side {
  readonly from: Corner;
  readonly to: Corner;
  readonly at: number;
  readonly left: number;
  readonly right: number;
}

/** Upright, its border included. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const boxes = new WeakMap<Ring, Box>(); // an outline is asked for its box once per hole

export function boxOf(ring: Ring): Box {
  const known = boxes.get(ring);
  if (known) return known;
  const [x, y] = [ring.map((corner) => corner[0]), ring.map((corner) => corner[1])];
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const box = { left: least(x), right: most(x), top: least(y), bottom: most(y) };
  boxes.set(ring, box);
  return box;
}

export const boxesTouch = (a: Box, b: Box): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;

const everywhere: Box = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };

/** Those that may have a point in the box: of a long outline with thousands of holes, a few for each. */
function sidesOf(ring: Ring, near: Box = everywhere): Side[] {
  const sides: Side[] = [];
  let from = ring.at(-1)!;
  for (let at = 0; at < ring.length; at++) {
    const to = ring[at]!;
    const left = Math.min(from[0], to[0]);
    const right = Math.max(from[0], to[0]);
    const isNear =
      left <= near.right && right >= near.left && Math.min(from[1], to[1]) <= near.bottom && Math.max(from[1], to[1]) >= near.top; // biome-ignore format: one line
    if (isNear) sides.push({ from, to, at, left, right });
    from = to;
  }
  return sides;
}

/** Null: the ring is simple. Neighbouring sides may share their corner and nothing else. */
export function crossingWithin(ring: Ring): Crossing | null {
  const count = ring.length;
  return firstPair(sidesOf(ring), (a, b) => {
    if (b.at === (a.at + 1) % count) return foldsBack(a.from, a.to, b.to);
    if (a.at === (b.at + 1) % count) return foldsBack(b.from, b.to, a.to);
    return meeting(a, b, false);
  });
}

/** Null: they touch in single points at most. A corner of one on a side of the other does not cross unless it goes through. */
export function crossingsBetween(one: Ring, other: Ring): Crossing | null {
  const [near, nearOther] = [sidesOf(one, boxOf(other)), sidesOf(other, boxOf(one))];
  const sides = [...near, ...nearOther.map((side) => ({ ...side, at: -1 - side.at }))];
  const proper = firstPair(sides, (a, b) => (a.at < 0 === b.at < 0 ? null : meeting(a, b, true)));
  return proper ?? passesThrough(one, other);
}

/** A ring whose sides' midpoints lie on both sides of the other goes through it, if only by corners. */
function passesThrough(one: Ring, other: Ring): Crossing | null {
  const near = sidesOf(other, boxOf(one));
  const touching = one.find((corner) => near.some((side) => isOn(corner, side)));
  if (touching === undefined) return null;
  const places = sidesOf(one).flatMap(({ from, to }) => {
    const middle: Corner = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    return near.some((side) => isOn(middle, side)) ? [] : [contains(other, middle)];
  });
  return places.includes(true) && places.includes(false) ? { x: touching[0], y: touching[1] } : null;
}

/** Of rings that do not cross. */
export const isInside = (inner: Ring, outer: Ring): boolean => {
  const near = sidesOf(outer, boxOf(inner));
  const free = inner.find((corner) => !near.some((side) => isOn(corner, side)));
  return free !== undefined && contains(outer, free);
};

/** By even-odd rule. */
export function contains(ring: Ring, [x, y]: Corner): boolean {
  let inside = false;
  let from = ring.at(-1)!;
  for (const to of ring) {
    const isPassed = from[1] > y !== to[1] > y;
    if (isPassed && x < from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0])) inside = !inside;
    from = to;
  }
  return inside;
}

/** Pairs that share a stretch along x, from left to right: few of n² where an outline is drawn. */
function firstPair(sides: readonly Side[], problem: (a: Side, b: Side) => Crossing | null): Crossing | null {
  const sorted = [...sides].sort((a, b) => a.left - b.left);
  let open: Side[] = [];
  for (const side of sorted) {
    open = open.filter(({ right }) => right >= side.left);
    for (const other of open) {
      const found = problem(other, side);
      if (found) return found;
    }
    open.push(side);
  }
  return null;
}

const turn = (a: Corner, b: Corner, c: Corner): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const isOn = (corner: Corner, { from, to }: Pick<Side, "from" | "to">): boolean =>
  turn(from, to, corner) === 0 &&
  Math.min(from[0], to[0]) <= corner[0] &&
  corner[0] <= Math.max(from[0], to[0]) &&
  Math.min(from[1], to[1]) <= corner[1] &&
  corner[1] <= Math.max(from[1], to[1]);

function foldsBack(before: Corner, corner: Corner, after: Corner): Crossing | null {
  if (turn(before, corner, after) !== 0) return null;
  const along = (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1]);
  return along > 0 ? { x: corner[0], y: corner[1] } : null;
}

function meeting(a: Side, b: Side, mayTouch: boolean): Crossing | null {
  const [fromSide, toSide] = [turn(a.from, a.to, b.from), turn(a.from, a.to, b.to)];
  const [otherFrom, otherTo] = [turn(b.from, b.to, a.from), turn(b.from, b.to, a.to)];
  if (fromSide * toSide < 0 && otherFrom * otherTo < 0) return crossingOf(a, b);
  const shared = [b.from, b.to].filter((corner) => isOn(corner, a)).concat([a.from, a.to].filter((c) => isOn(c, b)));
  if (shared.length === 0) return null;
  const [first] = shared as [Corner, ...Corner[]];
  const apart = shared.some(([x, y]) => x !== first[0] || y !== first[1]);
  return mayTouch && !apart ? null : { x: first[0], y: first[1] };
}

function crossingOf({ from, to }: Side, other: Side): Crossing {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [ex, ey] = [other.to[0] - other.from[0], other.to[1] - other.from[1]];
  const share = ((other.from[0] - from[0]) * ey - (other.from[1] - from[1]) * ex) / (dx * ey - dy * ex);
  return { x: from[0] + share * dx, y: from[1] + share * dy };
}
