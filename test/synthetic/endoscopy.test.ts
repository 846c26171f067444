import { countComponents } from "@tessera/domain/components";
import { type EndoscopyItem, endoscopyItem } from "@tessera/synthetic/endoscopy";
import { plantedShare } from "@tessera/synthetic/polyp";
import { grown, plantedReaders, readBy } from "@tessera/synthetic/readers";
import { visible } from "@tessera/synthetic/shading";
import { subjectOf } from "@tessera/synthetic/subjects";
import { worlds } from "@tessera/synthetic/world";
import { describe, expect, it } from "vitest";

const size = 64;
const set = (domain: "a" | "b", n: number, seed = 1) =>
  Array.from({ length: n }, (_, index) => endoscopyItem({ seed, index, size, domain }));
const worldA = set("a", 60);

/** Mean colour over the pixels where `wanted` holds. */
function meanColour(items: readonly EndoscopyItem[], wanted: (item: EndoscopyItem, i: number) => boolean): number[] {
  const sums = [0, 0, 0];
  let n = 0;
  for (const item of items) {
    for (let i = 0; i < item.mask.length; i++) {
      if (!wanted(item, i)) continue;
      n++;
      for (let c = 0; c < 3; c++) sums[c]! += item.rgb[i * 3 + c]!;
    }
  }
  return sums.map((sum) => sum / n);
}

describe("endoscopyItem", () => {
  it("is a function of seed, index, domain and size alone", () => {
    const item = worldA[7]!;
    expect(endoscopyItem({ seed: 1, index: 7, size, domain: "a" })).toEqual(item);
    for (const other of [{ seed: 2 }, { index: 8 }, { domain: "b" as const }]) {
      expect(endoscopyItem({ seed: 1, index: 7, size, domain: "a", ...other }).rgb).not.toEqual(item.rgb);
    }
  });

  it("plants regions from below 1 % to 40 %, evenly on a log scale", () => {
    const shares = worldA.map((item) => item.regionShare).sort((a, b) => a - b);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[0]).toBeLessThan(0.006);
    expect(shares.at(-1)).toBeGreaterThan(0.3);
    expect(shares.at(-1)).toBeLessThan(0.45);
    const median = shares[30]!;
    expect(median).toBeGreaterThan(0.02); // log-uniform on 0.4 % to 40 % has its median at 4 %
    expect(median).toBeLessThan(0.08);
  });

  it("ends every mask at the frame of the scope, which some polyps reach", () => {
    const large = Array.from({ length: 200 }, (_, index) => index).filter((index) => plantedShare(1, index) > 0.25);
    let touching = 0;
    for (const index of large) {
      const { mask, subject } = endoscopyItem({ seed: 1, index, size, domain: "a" });
      const shown = visible(size, worlds.a, [1, subject]);
      expect(mask.some((value, i) => value === 1 && shown[i] === 0)).toBe(false);
      if (mask.some((value, i) => value === 1 && [i - 1, i + 1, i - size, i + size].some((j) => shown[j] === 0)))
        touching++;
    }
    expect(touching).toBeGreaterThan(0);
  });

  it("gives every polyp a box that encloses exactly its mask", () => {
    for (const { mask, boxes, regionShare } of worldA) {
      expect(regionShare).toBe(mask.reduce((sum, value) => sum + value, 0) / mask.length);
      const columns = [...mask.keys()].filter((i) => mask[i] === 1).map((i) => i % size);
      expect(Math.min(...boxes.map((box) => box.xmin))).toBe(Math.min(...columns));
      expect(Math.max(...boxes.map((box) => box.xmax))).toBe(Math.max(...columns));
      expect(boxes.length).toBeGreaterThanOrEqual(countComponents(mask, size, size));
    }
    expect(worldA.some((item) => item.boxes.length > 1)).toBe(true);
  });

  it("cannot be solved by colour: the best cut along the line between the two mean colours finds little", () => {
    const inside = meanColour(worldA, (item, i) => item.mask[i] === 1);
    const outside = meanColour(worldA, (item, i) => item.mask[i] === 0);
    const axis = inside.map((value, c) => value - outside[c]!);
    const along = (item: EndoscopyItem, i: number) => axis.reduce((sum, a, c) => sum + a * item.rgb[i * 3 + c]!, 0);
    const cuts = [0, 0.25, 0.5, 0.75, 1, 1.5, 2].map((t) =>
      axis.reduce((sum, a, c) => sum + a * (outside[c]! + t * (inside[c]! - outside[c]!)), 0),
    );
    const dice = cuts.map((cut) => {
      const scores = worldA.map((item) => {
        let [both, marked, truth] = [0, 0, 0];
        for (let i = 0; i < item.mask.length; i++) {
          const found = along(item, i) > cut;
          if (found) marked++;
          if (item.mask[i] === 1) truth++;
          if (found && item.mask[i] === 1) both++;
        }
        return (2 * both) / (marked + truth);
      });
      return scores.reduce((a, b) => a + b) / scores.length;
    });
    expect(Math.max(...dice)).toBeLessThan(0.4);
  });

  it("makes world b another world: other colours, no shared subject or name", () => {
    const worldB = set("b", 12);
    const everywhere = () => true;
    const [a, b] = [meanColour(worldA, everywhere), meanColour(worldB, everywhere)];
    expect(a[0]! / a[1]!).toBeGreaterThan(1.4); // reddish
    expect(b[0]! / b[1]!).toBeLessThan(1); // greenish
    const named = new Set(worldA.flatMap((item) => [item.name, item.subject]));
    expect(worldB.flatMap((item) => [item.name, item.subject]).filter((name) => named.has(name))).toEqual([]);
  });

  it("refuses sizes and indices outside its limits", () => {
    expect(() => endoscopyItem({ seed: 1, index: 0, size: 8 })).toThrow("32 to 2048 px");
    expect(() => endoscopyItem({ seed: 1, index: -1 })).toThrow("an index from 0");
  });
});

it("gives a subject 2 to 4 items, next to each other", () => {
  const counts = new Map<string, number>();
  for (let index = 0; index < 900; index++) {
    const subject = subjectOf(1, "a", index);
    counts.set(subject, (counts.get(subject) ?? 0) + 1);
  }
  expect(counts.size).toBe(300);
  expect(new Set(counts.values())).toEqual(new Set([2, 3, 4]));
});

describe("planted readers", () => {
  const disc = (radius: number, x = 32, y = 32) =>
    Uint8Array.from({ length: size * size }, (_, i) =>
      Number(((i % size) - x) ** 2 + (Math.floor(i / size) - y) ** 2 <= radius ** 2),
    );
  const area = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

  it("move the outline by the stated pixels", () => {
    const radiusOf = (mask: Uint8Array) => Math.sqrt(area(mask) / Math.PI);
    for (const by of [-3, -2, -1, 1, 2, 3]) {
      expect(Math.abs(radiusOf(grown(disc(15), size, by)) - (15 + by))).toBeLessThan(0.4);
    }
    expect(grown(disc(15), size, 0)).toEqual(disc(15));
  });

  it("shift by the stated pixels, and cut at the image's edge", () => {
    const reader = { name: "r", boundary: 0, shift: [3, -1] as const, missChance: 0, smallShare: 0 };
    expect(readBy(reader, [disc(10)], size, [1])).toEqual(disc(10, 35, 31));
    expect(area(readBy({ ...reader, shift: [50, 0] }, [disc(10)], size, [1]))).toBe(0);
  });

  it("miss small polyps at the stated rate, and no large one", () => {
    const reader = { name: "r", boundary: 0, shift: [0, 0] as const, missChance: 0.5, smallShare: 0.02 };
    const seen = (radius: number) =>
      Array.from({ length: 80 }, (_, i) => area(readBy(reader, [disc(radius)], size, [i]))).filter((n) => n > 0).length;
    expect(seen(20)).toBe(80);
    expect(seen(4)).toBeGreaterThan(25);
    expect(seen(4)).toBeLessThan(55);
  });

  it("come with every item; the exact reader agrees with the truth and the others order by size", () => {
    const item = worldA.find((each) => each.regionShare > 0.1)!;
    expect(item.readers.map((reader) => reader.name)).toEqual(plantedReaders.map((reader) => reader.name));
    const [exact, generous, tight] = item.readers.map((reader) => reader.mask);
    expect(exact).toEqual(item.mask);
    expect(area(generous!)).toBeGreaterThan(area(item.mask));
    expect(area(tight!)).toBeLessThan(area(item.mask));
  });
});
