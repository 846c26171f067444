/**
 * @file Regions as GeoJSON (RFC 7946), as QuPath writes and reads it: a FeatureCollection of annotations, the class in
 * `properties.classification.name`, coordinates in pixels of level 0. A list of features, or one feature, is read too: older versions of QuPath write them.
 */
import { DomainError } from "../errors.ts";
import {
  checkRegion,
  type Region,
  type RegionPolygon,
  refuseTooMany,
  type SlideSize,
  withoutRepeats,
} from "./regions.ts";
import type { Ring } from "./ringCrossings.ts";

export function toGeoJson(regions: readonly Region[]): string {
  const closed = (ring: Ring) => [...ring, ring[0]!];
  const features = regions.map(({ className, polygons }) => {
    const coordinates = polygons.map((rings) => rings.map(closed));
    const geometry =
      coordinates.length === 1
        ? { type: "Polygon", coordinates: coordinates[0] }
        : { type: "MultiPolygon", coordinates };
    return {
      type: "Feature",
      geometry,
      properties: { objectType: "annotation", classification: { name: className } },
    };
  });
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

/**
 * @param unclassified the class of annotations that have none; null: they are refused
 * @throws DomainError BAD_FILE naming the feature (from 1) and why; TOO_LARGE beyond the limits of regions
 */
export function fromGeoJson(text: string, slide: SlideSize, unclassified: string | null): Region[] {
  const regions = featuresOf(parse(text)).map((feature, index) =>
    withoutRepeats(regionOf(feature, unclassified, (why) => badFeature(index, why))),
  );
  refuseTooMany(regions);
  return regions.map((region, index) => {
    try {
      return checkRegion(region, index, slide);
    } catch (error) {
      throw error instanceof DomainError ? badFeature(index, String(error.details.reason)) : error;
    }
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badFile(`it is no JSON (${error instanceof Error ? error.message.slice(0, 120) : "unreadable"})`);
  }
}

function featuresOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  if (isObject(json) && json.type === "FeatureCollection" && Array.isArray(json.features)) return json.features;
  if (isObject(json) && json.type === "Feature") return [json];
  throw badFile(
    `its type is ${isObject(json) ? JSON.stringify(json.type ?? null).slice(0, 60) : "not said"}; export annotations as GeoJSON`,
  );
}

function regionOf(feature: unknown, unclassified: string | null, refuse: (why: string) => DomainError): Region {
  if (!isObject(feature) || feature.type !== "Feature") throw refuse("expected an object of type Feature");
  const properties = isObject(feature.properties) ? feature.properties : {};
  const kind = properties.objectType ?? properties.object_type ?? "annotation";
  if (kind !== "annotation") {
    throw refuse(`expected an annotation, got ${JSON.stringify(kind)}; export annotations only`);
  }
  const named = isObject(properties.classification) ? properties.classification.name : properties.classification;
  const className = typeof named === "string" && named.trim() !== "" ? named : unclassified;
  if (className === null) {
    throw refuse("it has no classification; give it a class, or say which class annotations without one are");
  }
  return { className, polygons: polygonsOf(feature.geometry, refuse) };
}

function polygonsOf(geometry: unknown, refuse: (why: string) => DomainError): RegionPolygon[] {
  const { type, coordinates } = isObject(geometry) ? geometry : { type: null, coordinates: null };
  if (type !== "Polygon" && type !== "MultiPolygon") {
    throw refuse(`expected a Polygon or a MultiPolygon, got ${JSON.stringify(type ?? null)}`);
  }
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const isRing = (ring: unknown) => Array.isArray(ring) && ring.every((at) => Array.isArray(at) && at.length >= 2);
  const isPolygon = (polygon: unknown) => Array.isArray(polygon) && polygon.every(isRing);
  if (!Array.isArray(polygons) || !polygons.every(isPolygon)) {
    throw refuse(`its coordinates are not those of a ${type}: expected lists of rings of [x, y]`);
  }
  // a third number is a height (RFC 7946, 3.1.1), of which slides have none
  return (polygons as number[][][][]).map((rings) => rings.map((ring) => ring.map(([x, y]) => [x!, y!] as const)));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const badFile = (why: string) =>
  new DomainError("BAD_FILE", `The GeoJSON file: expected a FeatureCollection of annotations, but ${why}`);

const badFeature = (index: number, why: string) =>
  new DomainError("BAD_FILE", `The GeoJSON file, feature ${index + 1}: ${why}`, { feature: index + 1, reason: why });
