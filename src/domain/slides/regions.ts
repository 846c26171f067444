/**
 * @file Regions that a reader draws on a slide: a class and the polygons it holds, in pixels of the slide's level 0.
 *
 * Coordinates nest as those of a GeoJSON MultiPolygon (RFC 7946, 3.1.7), but a ring does not name its first corner again.
 */
import { DomainError } from "../errors.ts";
import {
  boxesTouch,
  boxOf,
  type Corner,
  type Crossing,
  crossingsBetween,
  crossingWithin,
  isInside,
  type Ring,
} from "./ringCrossings.ts";

/** The outer ring, then its holes. */
export type RegionPolygon = readonly Ring[];

export interface Region {
  readonly className: string;
  /** Pieces that are one region. */
  readonly polygons: readonly RegionPolygon[];
}

/** All that one reader says of one slide at one time. */
export interface RegionSet {
  readonly regions: readonly Region[];
  /** Everything of the classes named is drawn: what lies outside is known to be none of them. */
  readonly complete: boolean;
}

export interface SlideSize {
  readonly width: number;
  readonly height: number;
}

export const regionLimits = {
  regions: 5_000,
  corners: 200_000,
  ringCorners: 20_000,
  holes: 5_000,
  className: 100,
} as const;

/**
 * As stored: names trimmed, repeated corners and the closing one left out.
 * @throws DomainError BAD_INPUT naming the region (from 1) and why; TOO_LARGE beyond the limits
 */
export function checkRegions(regions: readonly Region[], slide: SlideSize): Region[] {
  const tidied = regions.map(withoutRepeats);
  refuseTooMany(tidied);
  return tidied.map((region, index) => checkRegion(region, index, slide));
}

/** Before outlines are held against each other, which takes time. @param regions tidied. @throws DomainError TOO_LARGE */
export function refuseTooMany(regions: readonly Region[]): void {
  if (regions.length > regionLimits.regions) {
    throw tooMany(`at most ${regionLimits.regions} regions on a slide, got ${regions.length}; save fewer`);
  }
  const corners = cornersOf(regions);
  if (corners > regionLimits.corners) {
    throw tooMany(`at most ${regionLimits.corners} corners on a slide, got ${corners}; simplify the outlines`);
  }
}

export const cornersOf = (regions: readonly Region[]): number =>
  regions.reduce((sum, { polygons }) => sum + polygons.flat().reduce((count, ring) => count + ring.length, 0), 0);

/** @param region tidied. @param index from 0; names it in the error. @throws DomainError BAD_INPUT */
export function checkRegion({ className, polygons }: Region, index: number, slide: SlideSize): Region {
  const name = className.trim();
  const refuse = (why: string) => badRegion(index, name, why);
  if (name.length < 1 || name.length > regionLimits.className) {
    throw refuse(`expected a class of 1 to ${regionLimits.className} characters, got ${name.length}`);
  }
  if (polygons.length === 0) throw refuse("expected at least one polygon, got none");
  for (const rings of polygons) {
    const problem = polygonProblem(rings, slide);
    if (problem) throw refuse(problem);
  }
  return { className: name, polygons };
}

function polygonProblem(rings: RegionPolygon, slide: SlideSize): string | null {
  if (rings.length === 0) return "expected an outer ring, got an empty polygon";
  for (const ring of rings) {
    const problem = ringProblem(ring, slide);
    if (problem) return problem;
  }
  if (rings.length - 1 <= regionLimits.holes) return holeProblem(rings);
  return `expected at most ${regionLimits.holes} holes in an outline, got ${rings.length - 1}; fill the small ones`;
}

function ringProblem(ring: Ring, { width, height }: SlideSize): string | null {
  const strange = ring.find((corner) => corner.length !== 2 || !corner.every(Number.isFinite));
  if (strange) return `expected corners of two finite numbers, got ${JSON.stringify(strange)}`;
  const outside = ring.find(([x, y]) => x < 0 || y < 0 || x > width || y > height);
  if (outside) return `corner ${text(outside)} is outside the slide, which has ${width} x ${height} pixels`;
  if (ring.length < 3) return `expected at least 3 different corners, got ${ring.length}`;
  if (ring.length > regionLimits.ringCorners) {
    return `expected at most ${regionLimits.ringCorners} corners in a ring, got ${ring.length}; simplify the outline`;
  }
  const crossing = crossingWithin(ring);
  return crossing && `the outline crosses or touches itself at ${crossingText(crossing)}`;
}

function holeProblem([outer, ...holes]: RegionPolygon): string | null {
  const boxes = holes.map(boxOf);
  for (const [index, hole] of holes.entries()) {
    const close: { readonly other: Ring; readonly at: number }[] = [];
    for (let at = 0; at < index; at++) if (boxesTouch(boxes[index]!, boxes[at]!)) close.push({ other: holes[at]!, at });
    const others = [outer!, ...close.map(({ other }) => other)];
    const crossing = others.map((other) => crossingsBetween(hole, other)).find((found) => found !== null);
    if (crossing) return `hole ${index + 1} crosses another outline at ${crossingText(crossing)}`;
    if (!isInside(hole, outer!)) return `hole ${index + 1} is outside its outline`;
    const nested = close.find(({ other }) => isInside(hole, other) || isInside(other, hole));
    if (nested) return `hole ${index + 1} and hole ${nested.at + 1} lie inside each other`;
  }
  return null;
}

/** Neither repeated corners nor the closing one. */
export const withoutRepeats = ({ className, polygons }: Region): Region => ({
  className,
  polygons: polygons.map((polygon) => polygon.map(tidyRing)),
});

function tidyRing(ring: Ring): Ring {
  const same = (a: Corner, b: Corner) => a[0] === b[0] && a[1] === b[1];
  const kept = ring.filter((corner, at) => at === 0 || !same(corner, ring[at - 1]!));
  return kept.length > 1 && same(kept[0]!, kept.at(-1)!) ? kept.slice(0, -1) : kept;
}

const text = ([x, y]: Corner) => `(${x}, ${y})`;
const crossingText = ({ x, y }: Crossing) => `(${Math.round(x)}, ${Math.round(y)})`;

function badRegion(index: number, className: string, why: string): DomainError {
  const named = className ? ` (${className.slice(0, 40)})` : "";
  return new DomainError("BAD_INPUT", `Region ${index + 1}${named}: ${why}`, { region: index + 1, reason: why });
}

const tooMany = (why: string) => new DomainError("TOO_LARGE", `regions: expected ${why}`, { field: "regions" });
