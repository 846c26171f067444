/** @file Slides for tests: where the real ones are, and small ones made here. */
import { existsSync } from "node:fs";
import { openImaging } from "@tessera/imaging/client";
import { writePyramid } from "@tessera/synthetic/slides/pyramidFile";
import { type SlideWorld, slideWorld, type WorldOptions } from "@tessera/synthetic/slides/tissueWorld";

export const wsiSmall = "../shared/data/wsi-small";
export const hasWsiSmall = existsSync(wsiSmall);
if (!hasWsiSmall) console.log(`Without ${wsiSmall}, the tests on real slides skip`);

/** 1,600 x 1,200 pixels at 0.5 microns, three levels. */
export const smallWorld: WorldOptions = { width: 1600, height: 1200, cell: 112, witnessRate: 0.2, seed: 5 };

export async function writeSmallSlide(path: string, options: Partial<WorldOptions> = {}): Promise<SlideWorld> {
  const world = slideWorld({ ...smallWorld, ...options });
  const { width, height } = { ...smallWorld, ...options };
  const imaging = openImaging({ processes: 1 }); // starts no process: deflate needs none
  const { tileAt } = world;
  await writePyramid({ path, width, height, micronsPerPixel: 0.5, compression: "deflate", tileAt, imaging });
  await imaging.close();
  return world;
}
