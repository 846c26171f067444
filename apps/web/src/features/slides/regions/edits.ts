/** @file What can be done to drawn regions; every change is a new list. Lengths in pixels of the slide's level 0. */

export type Corner = number[];
export interface Drawn {
  readonly className: string;
  /** Polygons of an outer ring and its holes, of [x, y]. */
  readonly polygons: number[][][][];
}

export interface Drawing {
  readonly regions: readonly Drawn[];
  readonly complete: boolean;
}

export interface CornerPlace {
  readonly region: number;
  readonly polygon: number;
  readonly ring: number;
  readonly corner: number;
}

export const rectangle = ([x0, y0]: Corner, [x1, y1]: Corner): Corner[] => [
  [x0!, y0!],
  [x1!, y0!],
  [x1!, y1!],
  [x0!, y1!],
];

const apart = (a: Corner, b: Corner) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!);

/** Without points closer than so much to the one before: a hand draws more than it says. */
export function thinned(points: readonly Corner[], least: number): Corner[] {
  const kept: Corner[] = [];
  for (const point of points) if (kept.length === 0 || apart(point, kept.at(-1)!) >= least) kept.push(point);
  return kept;
}

export const withRegion = (regions: readonly Drawn[], className: string, ring: Corner[]): Drawn[] => [
  ...regions,
  { className, polygons: [[ring]] },
];

export const withoutRegion = (regions: readonly Drawn[], region: number): Drawn[] =>
  regions.filter((_, at) => at !== region);

const withRing = (regions: readonly Drawn[], place: CornerPlace, change: (ring: Corner[]) => Corner[]): Drawn[] =>
  regions.flatMap((drawn, at) => {
    if (at !== place.region) return [drawn];
    const polygons = drawn.polygons.map((rings, polygon) =>
      polygon === place.polygon ? rings.map((ring, index) => (index === place.ring ? change(ring) : ring)) : rings,
    );
    // what has fewer than three corners is nothing: a hole goes, a polygon goes with its outline
    const whole = polygons
      .filter(([outer]) => outer!.length >= 3)
      .map(([outer, ...holes]) => [outer!, ...holes.filter((hole) => hole.length >= 3)]);
    return whole.length > 0 ? [{ ...drawn, polygons: whole }] : [];
  });

export const withMovedCorner = (regions: readonly Drawn[], place: CornerPlace, to: Corner): Drawn[] =>
  withRing(regions, place, (ring) => ring.map((corner, at) => (at === place.corner ? to : corner)));

export const withoutCorner = (regions: readonly Drawn[], place: CornerPlace): Drawn[] =>
  withRing(regions, place, (ring) => ring.filter((_, at) => at !== place.corner));

/** Null: none within reach. */
export function cornerNear(regions: readonly Drawn[], point: Corner, reach: number): CornerPlace | null {
  let [found, nearest]: [CornerPlace | null, number] = [null, reach];
  for (const [region, { polygons }] of regions.entries())
    for (const [polygon, rings] of polygons.entries())
      for (const [ring, corners] of rings.entries())
        for (const [corner, at] of corners.entries()) {
          const distance = apart(at, point);
          if (distance <= nearest) [found, nearest] = [{ region, polygon, ring, corner }, distance];
        }
  return found;
}

/** The newest that holds the point; null: none. */
export function regionAt(regions: readonly Drawn[], [x, y]: Corner): number | null {
  const at = regions.findLastIndex(({ polygons }) =>
    polygons.some((rings) => rings.reduce((inside, ring) => inside !== holds(ring, x!, y!), false)),
  );
  return at < 0 ? null : at;
}

/** By even-odd rule. */
function holds(ring: readonly Corner[], x: number, y: number): boolean {
  let inside = false;
  for (const [at, [x0, y0]] of ring.entries()) {
    const [x1, y1] = ring[(at + 1) % ring.length]!;
    if (y0! > y !== y1! > y && x < x0! + ((y - y0!) / (y1! - y0!)) * (x1! - x0!)) inside = !inside;
  }
  return inside;
}

export const outlinePath = ({ polygons }: Drawn): string =>
  polygons.flatMap((rings) => rings.map((ring) => `M${ring.map(([x, y]) => `${x} ${y}`).join("L")}Z`)).join("");
