/**
 * @file Domains of graded distance for one task: shapes, natural-like, endoscopy-like, target. All ask the same question (round pits
 * or long grooves?); what they look like comes closer to the target from one to the next. A function of (seed, domain, index, size).
 *
 * So features of a nearer domain help with few items of the target, and those of noise labels do not: the truth that the board of
 * a transfer study is tried on.
 */
import { DomainError } from "@tessera/domain/errors";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { lookOf, paintMucosa } from "./mucosa.ts";
import { octaves } from "./noise.ts";
import { type PatternName, pattern, patternNames } from "./pattern.ts";
import { drawPolyps, layPolyp } from "./polyp.ts";
import { shade, visible } from "./shading.ts";
import { subjectOf } from "./subjects.ts";
import { type World, worlds } from "./world.ts";

/** The farthest first. */
export const transferDomains = ["shapes", "natural", "endoscopy", "target"] as const;
export type TransferDomain = (typeof transferDomains)[number];

export interface DomainItem {
  readonly name: string;
  readonly subject: string;
  /** What is planted in the picture. */
  readonly planted: PatternName;
  /** What its label says. */
  readonly label: PatternName;
  readonly size: number;
  /** [size*size*3], 0 to 255. */
  readonly rgb: Uint8Array;
}

export interface DomainItemOptions {
  readonly seed: number;
  readonly domain: TransferDomain;
  readonly index: number;
  /** Side of the square picture, 32 to 512 px. */
  readonly size?: number;
  /** The label is what is planted, or drawn without a look at it, from the same number of each class. */
  readonly labels?: "planted" | "noise";
}

/** @throws DomainError BAD_INPUT for a size or index outside its limits */
export function domainItem({ seed, domain, index, size = 32, labels = "planted" }: DomainItemOptions): DomainItem {
  if (!Number.isInteger(size) || size < 32 || size > 512 || !Number.isInteger(index) || index < 0) {
    throw new DomainError("BAD_INPUT", `Expected a size of 32 to 512 px and an index from 0, got ${size} and ${index}`);
  }
  const subject = subjectOf(seed, domain, index);
  const planted = oneOfTwo(seed, domain, index, "planted");
  return {
    name: `${domain}${seed}-${String(index).padStart(5, "0")}`,
    subject,
    planted,
    label: labels === "planted" ? planted : oneOfTwo(seed, domain, index, "noise label"),
    size,
    rgb: painters[domain]({ name: planted, size, subject, key: [seed, domain, index] }),
  };
}

/** Of two neighbours each has another class. */
function oneOfTwo(seed: number, domain: TransferDomain, index: number, what: string): PatternName {
  const first = randomStream(seed, domain, what, Math.floor(index / 2)).integer(2);
  return patternNames[(first + index) % 2]!;
}

interface Picture {
  readonly name: PatternName;
  readonly size: number;
  readonly subject: string;
  readonly key: readonly (string | number)[];
}

const painters: Readonly<Record<TransferDomain, (picture: Picture) => Uint8Array>> = {
  shapes: paintShapes,
  natural: paintNatural,
  endoscopy: (picture) =>
    paintBowel(picture, worlds.b, { share: [0.25, 0.5], strength: [0.3, 0.9], period: [0.14, 0.2] }),
  target: (picture) => paintBowel(picture, worlds.a, { share: [0.2, 0.5], strength: [0.05, 0.8], period: [0.14, 0.2] }),
};

/** Grey discs or bars of one area on a grainy ground. */
function paintShapes({ name, size, key }: Picture): Uint8Array {
  const random = randomStream(...key, "shapes");
  const radius = random.between(0.06, 0.1);
  const [halfLength, halfWidth] = name === "pits" ? [0, 0] : [radius * 2.2, (radius * Math.PI) / 8.8];
  const turn = random.between(0, Math.PI);
  const places = scattered(9, 2.6 * radius, random);
  const [ground, step] = [random.between(90, 165), (random.uniform() < 0.5 ? -1 : 1) * random.between(40, 80)];
  const rgb = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    const inside = places.some(([x0, y0]) => {
      const [x, y] = [((i % size) + 0.5) / size - x0, (Math.floor(i / size) + 0.5) / size - y0];
      if (name === "pits") return Math.hypot(x, y) < radius;
      const [along, across] = [x * Math.cos(turn) + y * Math.sin(turn), y * Math.cos(turn) - x * Math.sin(turn)];
      return Math.abs(along) < halfLength && Math.abs(across) < halfWidth;
    });
    rgb.fill(ground + (inside ? step : 0) + random.between(-25, 25), 3 * i, 3 * i + 3);
  }
  return rgb;
}

/** Up to `count` places, none nearer to another than `apart`. */
function scattered(count: number, apart: number, random: RandomStream): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [];
  for (let attempt = 0; attempt < 40 && places.length < count; attempt++) {
    const place = [random.between(0.1, 0.9), random.between(0.1, 0.9)] as const;
    if (places.every(([x, y]) => Math.hypot(x - place[0], y - place[1]) > apart)) places.push(place);
  }
  return places;
}

/** A coat of spots or stripes on a body before a ground of any colours. */
function paintNatural({ name, size, key }: Picture): Uint8Array {
  const random = randomStream(...key, "natural");
  const colour = () => [0, 1, 2].map(() => random.between(40, 215));
  const [ground, other, coat] = [colour(), colour(), colour()];
  const clouds = octaves(size, 3, 4, 0.6, random);
  const grain = octaves(size, Math.min(size, 32), 1, 1, random);
  const body = octaves(size, 2, 2, 0.5, random);
  const [x0, y0] = [random.between(0.35, 0.65), random.between(0.35, 0.65)];
  const reach = random.between(0.3, 0.48);
  const mask = Uint8Array.from(body, (bump, i) => {
    const far = Math.hypot(((i % size) + 0.5) / size - x0, (Math.floor(i / size) + 0.5) / size - y0);
    return far < reach * (1 + 0.5 * bump) ? 1 : 0;
  });
  const period = random.between(0.13, 0.24);
  const surface = pattern({ name, size, period, warp: 0.6, mask, random });
  const strength = (random.uniform() < 0.5 ? -1 : 1) * random.between(30, 70);
  const rgb = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    const blend = Math.min(1, Math.max(0, 0.5 + clouds[i]!));
    for (let c = 0; c < 3; c++) {
      const bare = mask[i] === 1 ? coat[c]! : ground[c]! + blend * (other[c]! - ground[c]!);
      rgb[i * 3 + c] = Math.min(255, Math.max(0, bare + strength * surface[i]! + 15 * grain[i]!));
    }
  }
  return rgb;
}

interface PitPolyp {
  /** Of the picture, that the polyp covers. */
  readonly share: readonly [number, number];
  /** Relative change of the colour, from the middle of a pit to between two. */
  readonly strength: readonly [number, number];
  readonly period: readonly [number, number];
}

/** A polyp with a pit pattern on a bowel wall. */
function paintBowel({ name, size, subject, key }: Picture, world: World, polypOf: PitPolyp): Uint8Array {
  const random = randomStream(...key, "polyp");
  const look = lookOf(world, subject, Number(key[0]));
  const mucosa = paintMucosa(size, world, look, key);
  const [polyp] = drawPolyps(random.between(...polypOf.share), random);
  const mask = layPolyp(polyp!, size, mucosa, octaves(size, 24, 2, 0.6, random));
  const surface = pattern({ name, size, period: random.between(...polypOf.period), warp: 0.5, mask, random });
  const strength = random.between(...polypOf.strength);
  for (let i = 0; i < surface.length; i++) {
    for (let c = 0; c < 3; c++) mucosa.albedo[i * 3 + c]! *= 1 + strength * surface[i]!;
  }
  return shade(size, mucosa, visible(size, world, [key[0]!, subject]), world, look, key);
}
