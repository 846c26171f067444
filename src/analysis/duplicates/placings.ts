/**
 * @file A part of a picture cut anew, a little beside where it was. Every picture that looks like it asks for the same ones, one after
 * the other, and to make them is the dearest step of a search among look-alikes.
 */
import { type Contrast, localContrast, type Part, partOf } from "./localContrast.ts";

/** Pixels of 32. */
export interface Shift {
  readonly dx: number;
  readonly dy: number;
}

/** The nine contrasts of a part that matched best when moved by whole pixels. */
export type Placings = (pixels: Uint8Array, part: Part, at: Shift) => readonly Contrast[];

const nudges: readonly Shift[] = [-0.4, 0, 0.4].flatMap((dy) => [-0.4, 0, 0.4].map((dx) => ({ dx, dy })));
/** Pictures whose parts are kept: the one at hand and some of those beside it, a megabyte each at most. */
const kept = 4;

export function recentPlacings(): Placings {
  const ofPicture = new Map<Uint8Array, Map<string, readonly Contrast[]>>();
  return (pixels, part, at) => {
    const known = ofPicture.get(pixels) ?? new Map<string, readonly Contrast[]>();
    ofPicture.delete(pixels); // and last again: the first is the one that was not asked for longest
    ofPicture.set(pixels, known);
    if (ofPicture.size > kept) ofPicture.delete(ofPicture.keys().next().value!);
    const { scale, dx, dy } = part;
    const key = `${scale} ${dx} ${dy} ${at.dx} ${at.dy}`;
    const found = known.get(key) ?? nudges.map((nudge) => placed(pixels, part, at, nudge));
    known.set(key, found);
    return found;
  };
}

function placed(pixels: Uint8Array, { scale, dx, dy }: Part, at: Shift, nudge: Shift): Contrast {
  return localContrast(
    partOf(pixels, { scale, dx: dx + (nudge.dx - at.dx) * scale, dy: dy + (nudge.dy - at.dy) * scale }),
  );
}
