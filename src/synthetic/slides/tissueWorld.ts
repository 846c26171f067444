/**
 * @file A slide that never was: glass, pieces of tissue, nuclei, and a tumour in as many cells of a grid as was asked for.
 *
 * A pixel is a function of its place and the seed, so that any tile can be made alone. A tumour differs as tumours do: its nuclei are
 * larger, darker and closer. Cells of tumour are one growing patch, as a lesion is; every other cell of tissue is healthy.
 */
import { DomainError } from "@tessera/domain/errors";
import { randomStream } from "@tessera/domain/random";
import { tileSide } from "./pyramidFile.ts";

export interface WorldOptions {
  readonly width: number;
  readonly height: number;
  /** Pixels of a cell's side, in which tumour is planted and truth is told. */
  readonly cell: number;
  /** Share of the cells of tissue that are tumour, 0 to 1; rounded to whole cells, at least one where it is above 0. */
  readonly witnessRate: number;
  readonly seed: number;
  /** A stroke of green ink on the glass beside the tissue. */
  readonly pen?: boolean;
}

export interface SlideWorld {
  readonly columns: number;
  readonly rows: number;
  /** [rows*columns] 1: at least nine tenths of the cell are tissue. */
  readonly tissue: Uint8Array;
  /** [rows*columns] 1: tumour. */
  readonly tumour: Uint8Array;
  /** Tumour cells by tissue cells. */
  readonly witnessRate: number;
  /** [tileSide*tileSide*3] RGB. */
  tileAt(x: number, y: number): Uint8Array;
}

interface Piece {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
}

const glass = 243;
const nuclei = {
  healthy: { pitch: 26, radius: 3.2, shade: [110, 70, 150] },
  tumour: { pitch: 15, radius: 5, shade: [70, 35, 105] },
} as const;

/** @throws DomainError BAD_INPUT */
export function slideWorld({ width, height, cell, witnessRate, seed, pen = false }: WorldOptions): SlideWorld {
  if (!(witnessRate >= 0 && witnessRate <= 1)) {
    throw new DomainError("BAD_INPUT", `witnessRate: expected a share from 0 to 1, got ${witnessRate}`);
  }
  const [columns, rows] = [Math.floor(width / cell), Math.floor(height / cell)];
  if (columns * rows < 16) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected a slide of at least 16 cells of ${cell} pixels, got ${width} x ${height} pixels`,
    );
  }
  const random = randomStream(seed, "tissue");
  const piece = (x: number): Piece => ({
    x: x * width,
    y: random.between(0.46, 0.54) * height,
    across: random.between(0.17, 0.21) * width,
    down: random.between(0.3, 0.38) * height,
  });
  const pieces = [piece(0.27), piece(0.72)];
  const wave = Math.max(48, Math.min(width, height) / 12);
  const inside = (x: number, y: number) => {
    const ragged = 0.22 * smooth(seed + 1, x / wave, y / wave);
    return pieces.some((each) => ((x - each.x) / each.across) ** 2 + ((y - each.y) / each.down) ** 2 < 1 - ragged);
  };
  const tissue = Uint8Array.from({ length: columns * rows }, (_, at) =>
    Number(shareInside(inside, (at % columns) * cell, Math.floor(at / columns) * cell, cell) >= 0.9),
  );
  const tumour = plantTumour(tissue, columns, rows, witnessRate, seed);
  const isTumour = (x: number, y: number) => {
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    return column < columns && row < rows && tumour[row * columns + column] === 1;
  };
  const ink = (x: number, y: number) =>
    pen && x > 0.03 * width && x < 0.06 * width && y > 0.2 * height && y < 0.8 * height;
  const count = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);
  return {
    columns,
    rows,
    tissue,
    tumour,
    witnessRate: count(tumour) / Math.max(1, count(tissue)),
    tileAt: (x, y) => paint(x, y, seed, inside, isTumour, ink),
  };
}

type Within = (x: number, y: number) => boolean;

function shareInside(inside: Within, left: number, top: number, side: number): number {
  let count = 0;
  for (let y = 0; y < 10; y++)
    for (let x = 0; x < 10; x++) count += Number(inside(left + ((x + 0.5) * side) / 10, top + ((y + 0.5) * side) / 10));
  return count / 100;
}

/** A patch that grows from one cell of tissue to its neighbours, then from another where the piece is full. */
function plantTumour(tissue: Uint8Array, columns: number, rows: number, rate: number, seed: number): Uint8Array {
  const free = Array.from(tissue.keys()).filter((at) => tissue[at] === 1);
  const wanted = rate === 0 ? 0 : Math.max(1, Math.round(rate * free.length));
  const tumour = new Uint8Array(tissue.length);
  const random = randomStream(seed, "tumour");
  const edge: number[] = [];
  for (let planted = 0; planted < Math.min(wanted, free.length); ) {
    const from = edge.length > 0 ? edge.splice(random.integer(edge.length), 1)[0]! : free[random.integer(free.length)]!;
    if (tumour[from] === 1) continue;
    tumour[from] = 1;
    planted++;
    const [column, row] = [from % columns, Math.floor(from / columns)];
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const [x, y] = [column + dx, row + dy];
      const at = y * columns + x;
      if (x >= 0 && y >= 0 && x < columns && y < rows && tissue[at] === 1 && tumour[at] === 0) edge.push(at);
    }
  }
  return tumour;
}

function paint(left: number, top: number, seed: number, inside: Within, isTumour: Within, ink: Within): Uint8Array {
  const pixels = new Uint8Array(3 * tileSide ** 2);
  for (let y = 0; y < tileSide; y++) {
    for (let x = 0; x < tileSide; x++) {
      const [px, py, at] = [left + x, top + y, 3 * (y * tileSide + x)];
      const grain = hash(seed, px, py) / 2 ** 32 - 0.5;
      if (ink(px, py)) put(pixels, at, 60, 165, 145, 8 * grain);
      else if (inside(px, py)) {
        const fibre = smooth(seed + 2, px / 9, py / 23);
        put(pixels, at, 222 - 14 * fibre, 150 - 26 * fibre, 190 - 16 * fibre, 16 * grain);
      } else put(pixels, at, glass, glass, glass, 5 * grain);
    }
  }
  for (const kind of ["healthy", "tumour"] as const) paintNuclei(pixels, left, top, seed, kind, inside, isTumour);
  return pixels;
}

function paintNuclei(
  pixels: Uint8Array,
  left: number,
  top: number,
  seed: number,
  kind: keyof typeof nuclei,
  inside: Within,
  isTumour: Within,
): void {
  const { pitch, radius, shade } = nuclei[kind];
  const first = (from: number) => Math.floor(from / pitch) - 1;
  for (let row = first(top); row * pitch < top + tileSide + pitch; row++) {
    for (let column = first(left); column * pitch < left + tileSide + pitch; column++) {
      const draw = (what: number) => hash(seed + 10 + what, column, row) / 2 ** 32;
      const [x, y] = [(column + 0.2 + 0.6 * draw(0)) * pitch, (row + 0.2 + 0.6 * draw(1)) * pitch];
      if (!inside(x, y) || isTumour(x, y) !== (kind === "tumour")) continue;
      const size = radius * (0.7 + 0.6 * draw(2));
      for (let py = Math.max(top, Math.floor(y - size)); py < Math.min(top + tileSide, y + size); py++) {
        for (let px = Math.max(left, Math.floor(x - size)); px < Math.min(left + tileSide, x + size); px++) {
          if ((px - x) ** 2 + (py - y) ** 2 > size * size) continue;
          const grain = hash(seed, px, py) / 2 ** 32 - 0.5;
          put(pixels, 3 * ((py - top) * tileSide + px - left), shade[0], shade[1], shade[2], 24 * grain);
        }
      }
    }
  }
}

function put(pixels: Uint8Array, at: number, red: number, green: number, blue: number, grain: number): void {
  pixels[at] = Math.max(0, Math.min(255, red + grain));
  pixels[at + 1] = Math.max(0, Math.min(255, green + grain));
  pixels[at + 2] = Math.max(0, Math.min(255, blue + grain));
}

/** 32 bits of a place; the mixing steps of MurmurHash3 (Appleby). */
function hash(seed: number, x: number, y: number): number {
  let h = Math.imul(x, 0xcc9e2d51) ^ Math.imul(y, 0x1b873593) ^ Math.imul(seed + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Value noise in [-1, 1] on a lattice of whole numbers. */
function smooth(seed: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - column, y - row].map((t) => t * t * (3 - 2 * t)) as [number, number];
  const at = (dx: number, dy: number) => hash(seed, column + dx, row + dy) / 2 ** 31 - 1;
  const [upper, lower] = [at(0, 0) + u * (at(1, 0) - at(0, 0)), at(0, 1) + u * (at(1, 1) - at(0, 1))];
  return upper + v * (lower - upper);
}
