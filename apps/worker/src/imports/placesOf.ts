/** @file The slide of this team that a file of features is of, and the places of its tiles as a manifest; or why there are none. */
import { encodeManifest, type ImportedManifest, manifestVersion } from "@tessera/domain/slides/manifest";
import type { FeaturesRead } from "@tessera/imaging/features/client";
import { type NamedSlide, slidesNamed } from "@tessera/store/importedBags";
import type { ImportContext } from "./importContext.ts";
import type { ImportedBag } from "./importSource.ts";

export interface Wanted {
  /** Of the slide, without folders and ending. */
  readonly name: string;
  readonly read: Pick<FeaturesRead, "corners" | "tiling">;
  /** Pixels of level 0 that a tile's side covers. */
  readonly extent: number | null;
}

export interface FoundPlaces {
  readonly slide: NamedSlide | null;
  readonly places: ImportedBag["places"];
  /** Why there are no places; null: there are. */
  readonly why: string | null;
}

/** A slide of which the places are not known is no slide of the bag: nothing says that it is the one. */
export async function placesOf(context: ImportContext, { name, read, extent }: Wanted): Promise<FoundPlaces> {
  const { database, objects, teamId } = context;
  const without = (why: string): FoundPlaces => ({
    slide: null,
    places: null,
    why: `${why}. The bag is imported without places`,
  });
  const { corners, tiling } = read;
  if (corners === null) return without('The file has no "coords"');
  if (extent === null) {
    return without(
      "Neither the file nor a file patches/NAME.h5 beside it says how large a tile is (patch_size with patch_level, or patch_size_level0); send CLAM's patches folder, too",
    );
  }
  const named = await database.asTeam(teamId, (sql) => slidesNamed(sql, teamId, name));
  const { slide: told } = tiling;
  const fitting = named.filter(
    ({ width, height }) => told === null || (told.width === width && told.height === height),
  );
  const [slide] = fitting;
  if (slide === undefined) {
    const sizes = named.map(({ width, height }) => `${width} x ${height}`).join(" and ");
    return without(
      named.length === 0
        ? `The team has no slide "${name}"; import it, or name it in a column "slide", then import these files again`
        : `The file is of a slide of ${told!.width} x ${told!.height} pixels, and "${name}" has ${sizes}`,
    );
  }
  if (fitting.length > 1) {
    return without(
      `The team has ${fitting.length} slides "${name}" (${fitting.map((each) => each.name).join(", ")}); say which in a column "slide"`,
    );
  }
  const outside = corners.x.findIndex((x, row) => !within(x, slide.width) || !within(corners.y[row]!, slide.height));
  if (outside >= 0) {
    return without(
      `Row ${outside} lies at ${corners.x[outside]}, ${corners.y[outside]}, and the slide "${slide.name}" has ${slide.width} x ${slide.height} pixels: it is another one`,
    );
  }
  const manifest = await objects.put(teamId, Buffer.from(encodeManifest(manifestOf(slide, corners, extent))));
  return { slide, places: { slideItemId: slide.itemId, manifest }, why: null };
}

/** A tile may hang over the right and lower side: CLAM pads. */
const within = (corner: number, side: number) => corner >= 0 && corner < side;

function manifestOf(
  { sha256, width, height, micronsX, micronsY }: NamedSlide,
  { x, y }: NonNullable<FeaturesRead["corners"]>,
  extent: number,
): ImportedManifest {
  const micronsPerPixel = micronsX === null || micronsY === null ? null : { x: micronsX, y: micronsY };
  return {
    version: manifestVersion,
    slide: { sha256, width, height, micronsPerPixel },
    rule: null,
    extent: { x: extent, y: extent },
    tiles: { x, y, tissue: null, sharpness: null },
  };
}
