/** @file What the screens of slides share, and their words. */
import type { SlideJobFieldsFragment, SlideQuery, SlideResultsQuery, SlidesQuery } from "@/gql/graphql";
import { count } from "@/lib/format";

export type SlideDataset = NonNullable<SlidesQuery["dataset"]>;
export type SlideJob = SlideJobFieldsFragment;
export type SlideResult = NonNullable<SlideResultsQuery["slideJob"]>["results"]["edges"][number]["node"];

/** As its own screen has it. */
export type SlideItem = NonNullable<SlideQuery["item"]>;

export const isActive = ({ state }: Pick<SlideJob, "state">) => state === "QUEUED" || state === "RUNNING";

/** "1,204 tiles, 96 a second"; no rate before there is one. */
export function tilesText({ tiles, seconds }: Pick<SlideJob, "tiles" | "seconds">): string {
  const rate = tiles > 0 && seconds > 0 ? `, ${count(Math.max(1, Math.round(tiles / seconds)))} a second` : "";
  return `${count(tiles)} ${tiles === 1 ? "tile" : "tiles"}${rate}`;
}

export function ruleText({ size, micronsPerPixel, overlap, leastTissue, leastSharpness }: SlideJob["rule"]): string {
  const shared = overlap === 0 ? "" : `, ${overlap} px shared`;
  const blur = leastSharpness === 0 ? "blurred tiles kept" : `sharpness at least ${leastSharpness}`;
  return `${size} px at ${micronsPerPixel} µm${shared}; tissue at least ${Math.round(100 * leastTissue)} %; ${blur}`;
}

/** What became of the places of a slide's grid. */
export function placesText({ places, droppedTissue, droppedBlurred }: NonNullable<SlideResult["facts"]>): string {
  const blurred = droppedBlurred === 0 ? "" : `, ${count(droppedBlurred)} blurred`;
  return `of ${count(places)} places: ${count(droppedTissue)} without tissue${blurred}`;
}

export function slideText({ width, height, slide }: Pick<SlideResult["slide"], "width" | "height" | "slide">): string {
  const scale = slide?.micronsX ? ` · ${Number(slide.micronsX.toPrecision(4))} µm` : " · no scale";
  const objective = slide?.magnification ? ` · ${slide.magnification}×` : "";
  const levels = slide ? ` · ${slide.levels.length} ${slide.levels.length === 1 ? "level" : "levels"}` : "";
  return `${count(width)} × ${count(height)} px${scale}${slide?.scaleOfTable ? " (by the table)" : ""}${objective}${levels}`;
}

/** Places of tiles as a worker stored them, in pixels of the slide's finest level. */
export interface Manifest {
  readonly extent: { readonly x: number; readonly y: number };
  readonly tiles: { readonly x: readonly number[]; readonly y: readonly number[] };
}

export const readManifest = async (response: Response): Promise<Manifest> => (await response.json()) as Manifest;

/** All tiles as one outline for an SVG path. */
export const gridPath = ({ extent, tiles }: Manifest): string =>
  tiles.x.map((x, at) => `M${x} ${tiles.y[at]}h${extent.x}v${extent.y}h${-extent.x}z`).join("");

/** The longest of 1, 2 and 5 times a power of ten that fits. @param micronsPerPixel of the screen; @param most pixels */
export function scaleBar(micronsPerPixel: number, most = 140): { readonly pixels: number; readonly text: string } {
  const longest = micronsPerPixel * most;
  const decade = 10 ** Math.floor(Math.log10(longest));
  const microns = decade * ([5, 2].find((factor) => factor * decade <= longest) ?? 1);
  const text =
    microns >= 1000 ? `${Number((microns / 1000).toPrecision(3))} mm` : `${Number(microns.toPrecision(3))} µm`;
  return { pixels: microns / micronsPerPixel, text };
}
