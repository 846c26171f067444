import { labelMask } from "@tessera/analysis/segmentation/topology";
import { countComponents } from "@tessera/domain/components";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMask, drawn, flooded, holesOf, type Mask } from "./masks.ts";

const topologyOf = ({ mask, width, height }: Mask) => labelMask(mask, width, height).topology;

describe("labelMask", () => {
  it("finds a dot in the hole of a ring, and a piece beside it", () => {
    const picture = drawn("#####.#", "#...#..", "#.#.#..", "#...#..", "#####..");
    expect(topologyOf(picture)).toEqual({ pieces: [16, 1, 1], inHole: [-1, -1, 0], holes: [8], ofPiece: [0] });
  });

  it("follows rings in rings", () => {
    const picture = drawn("#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######");
    expect(topologyOf(picture)).toEqual({ pieces: [24, 8], inHole: [-1, 0], holes: [16, 1], ofPiece: [0, 1] });
  });

  it("joins pieces at corners and parts holes there", () => {
    expect(topologyOf(drawn(".##..", "#.##.", "##.##", ".####"))).toMatchObject({
      pieces: [2 + 3 + 4 + 4],
      holes: [1, 1],
    });
  });

  it("takes a bay that the border closes for no hole", () => {
    expect(topologyOf(drawn("#.#", "#.#", "###"))).toEqual({ pieces: [7], inHole: [-1], holes: [], ofPiece: [] });
  });

  it("has nothing in an empty mask", () => {
    expect(topologyOf(drawn("...", "..."))).toEqual({ pieces: [], inHole: [], holes: [], ofPiece: [] });
  });

  it("refuses a length that is not the size", () => {
    expect(() => labelMask(new Uint8Array(5), 2, 3)).toThrow("2 x 3 = 6 pixels, got 5");
  });
});

it("finds the pieces and holes of flood fill, in reading order", () => {
  fc.assert(
    fc.property(anyMask, (picture) => {
      const { topology, pieceAt, holeAt } = labelMask(picture.mask, picture.width, picture.height);
      const [pieces, holes] = [flooded(picture, 1, true), holesOf(picture)];
      expect(topology.pieces).toEqual(pieces.map((region) => region.length));
      expect(topology.holes).toEqual(holes.map((region) => region.length));
      expect(topology.pieces.length).toBe(countComponents(picture.mask, picture.width, picture.height));
      pieces.forEach((region, piece) => {
        expect(region.every((i) => pieceAt[i] === piece && holeAt[i] === -1)).toBe(true);
      });
      holes.forEach((region, hole) => {
        expect(region.every((i) => holeAt[i] === hole && pieceAt[i] === -1)).toBe(true);
      });
    }),
    { seed: 11, numRuns: 400 },
  );
});

it("puts every hole in the piece whose loss opens it to what lies around that piece", () => {
  fc.assert(
    fc.property(anyMask, (picture) => {
      const { topology, pieceAt } = labelMask(picture.mask, picture.width, picture.height);
      const holes = holesOf(picture);
      holes.forEach((region, hole) => {
        const piece = topology.ofPiece[hole]!;
        const without = { ...picture, mask: picture.mask.map((value, i) => (pieceAt[i] === piece ? 0 : value)) };
        const opened = holesOf(without).find((each) => each.includes(region[0]!));
        const around = topology.inHole[piece]!;
        expect(opened?.includes(holes[around]?.[0] ?? -1)).toBe(around === -1 ? undefined : true);
      });
    }),
    { seed: 12, numRuns: 400 },
  );
});
