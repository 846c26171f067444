/** @file What can be done to drawn regions in the viewer, and undone. */
import { describe, expect, it } from "vitest";
import {
  cornerNear,
  type Drawn,
  outlinePath,
  rectangle,
  regionAt,
  thinned,
  withMovedCorner,
  withoutCorner,
} from "@/features/slides/regions/edits";
import { begin, redo, step, undo } from "@/features/slides/regions/steps";

const box: Drawn = { className: "tumour", polygons: [[rectangle([0, 0], [10, 10]), rectangle([4, 4], [6, 6])]] };
const three: Drawn = { className: "a", polygons: [[[[20, 0], [30, 0], [30, 10]]]] }; // biome-ignore format: short
const all = [box, three];

describe("regions", () => {
  it("are found where they are, and not in their holes", () => {
    expect([regionAt(all, [1, 1]), regionAt(all, [5, 5]), regionAt(all, [29, 5]), regionAt(all, [50, 5])]).toEqual([0, null, 1, null]); // biome-ignore format: one line
  });

  it("have the nearest corner within reach moved", () => {
    expect(cornerNear(all, [15, 0], 4)).toBeNull();
    const place = cornerNear(all, [19, 1], 4)!;
    expect(place).toEqual({ region: 1, polygon: 0, ring: 0, corner: 0 });
    expect(withMovedCorner(all, place, [18, 2])[1]!.polygons[0]![0]![0]).toEqual([18, 2]);
    expect(three.polygons[0]![0]![0]).toEqual([20, 0]); // nothing is changed in place: undo holds it
  });

  it("go with their third-last corner; a hole goes alone", () => {
    expect(withoutCorner(all, { region: 1, polygon: 0, ring: 0, corner: 0 })).toEqual([box]);
    const place = { region: 0, polygon: 0, ring: 1, corner: 0 };
    const [without] = withoutCorner(withoutCorner(all, place), place);
    expect(without!.polygons[0]).toHaveLength(1);
  });

  it("are drawn by hand without points that say nothing, and as paths", () => {
    expect(thinned([[0, 0], [1, 0], [2.9, 0], [3, 0], [7, 0]], 3)).toEqual([[0, 0], [3, 0], [7, 0]]); // biome-ignore format: short
    expect(outlinePath(three)).toBe("M20 0L30 0L30 10Z");
  });
});

it("steps are undone, done again, and forgotten by a new one", () => {
  const steps = step(step(begin(1), 2), 3);
  expect(undo(undo(undo(steps))).now).toBe(1);
  expect(redo(undo(steps)).now).toBe(3);
  expect(redo(step(undo(steps), 9)).now).toBe(9);
});
