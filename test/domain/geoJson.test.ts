/** @file Regions as QuPath's GeoJSON: what it writes is read, what cannot be read is named, and what goes out comes back. */
import { fromGeoJson, toGeoJson } from "@tessera/domain/slides/geoJson";
import { describe, expect, it } from "vitest";

const slide = { width: 1000, height: 1000 };
const ring = [[10, 10], [50, 10], [50, 50], [10, 50], [10, 10]]; // biome-ignore format: short
const hole = [[20, 20], [30, 20], [30, 30], [20, 20]]; // biome-ignore format: short

const feature = (geometry: unknown, properties: unknown = { objectType: "annotation", classification: { name: "Tumor", color: [200, 0, 0] } }) => ({ type: "Feature", id: "6b1e4d0e-7b1c-4a44-a6a5-9a6f6c0b2a11", geometry, properties }); // biome-ignore format: one line
const polygon = { type: "Polygon", coordinates: [ring, hole] };
const collection = (...features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });

describe("GeoJSON", () => {
  it("is read with holes, and several polygons as one region", () => {
    const multi = { type: "MultiPolygon", coordinates: [[ring], [ring.map(([x, y]) => [x! + 100, y])]] };
    const regions = fromGeoJson(collection(feature(polygon), feature(multi)), slide, null);
    expect(regions.map(({ className, polygons }) => [className, polygons.map((rings) => rings.length)])).toEqual([
      ["Tumor", [2]],
      ["Tumor", [1, 1]],
    ]);
    expect(regions[0]!.polygons[0]![1]).toEqual(hole.slice(0, 3));
  });

  it("is read as older versions of QuPath write it, and annotations without a class as the one that is said", () => {
    const old = feature(polygon, { object_type: "annotation", isLocked: false });
    expect(fromGeoJson(JSON.stringify([old]), slide, "tissue")[0]!.className).toBe("tissue");
    expect(fromGeoJson(JSON.stringify(feature(polygon)), slide, null)).toHaveLength(1);
  });

  it("comes back as it went out", () => {
    const multi = { type: "MultiPolygon", coordinates: [[ring, hole], [ring.map(([x, y]) => [x! + 100, y])]] };
    const regions = fromGeoJson(collection(feature(polygon), feature(multi)), slide, null);
    expect(fromGeoJson(toGeoJson(regions), slide, null)).toEqual(regions);
    expect(JSON.parse(toGeoJson(regions)).features[0]).toMatchObject({
      geometry: polygon,
      properties: { objectType: "annotation", classification: { name: "Tumor" } },
    });
  });

  it.each<[string, string, RegExp]>([
    ["no JSON", "<ASAP_Annotations>", /it is no JSON/],
    ["another object", "{}", /expected a FeatureCollection of annotations, but its type is null/],
    ["a line", collection(feature(polygon), feature({ type: "LineString", coordinates: ring })), /feature 2: expected a Polygon or a MultiPolygon, got "LineString"/],
    ["a detection", collection(feature(polygon, { objectType: "cell" })), /feature 1: expected an annotation, got "cell"/],
    ["no class", collection(feature(polygon, { objectType: "annotation" })), /feature 1: it has no classification/],
    ["no geometry", collection(feature(null)), /feature 1: expected a Polygon/],
    ["strange coordinates", collection(feature({ type: "Polygon", coordinates: [[1, 2]] })), /feature 1: its coordinates/],
    ["words for numbers", collection(feature({ type: "Polygon", coordinates: [[["a", 1], [2, 2], [3, 1]]] })), /feature 1: expected corners of two finite numbers/],
    ["a place outside", collection(feature(polygon), feature({ type: "Polygon", coordinates: [[[0, 0], [2000, 0], [0, 5]]] })), /feature 2: corner \(2000, 0\) is outside/],
    ["a bow", collection(feature({ type: "Polygon", coordinates: [[[0, 0], [9, 9], [9, 0], [0, 9]]] })), /feature 1: the outline crosses/],
  ])("refuses %s, and says where", (_, text, message) => {
    expect(() => fromGeoJson(text, slide, null)).toThrow(message);
  }); // biome-ignore format: a table
});
