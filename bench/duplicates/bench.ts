/**
 * @file How many duplicates are found, and how many pairs are wrongly taken for one.
 *
 *   npm run bench -- duplicates [--set pneumonia] [--copies 200]
 *
 * Of every set: the pairs found among its own pictures; then the share of copies, of pictures drawn from it, that are found beside
 * their original (recall) among all its pictures, and the pairs of a copy and another picture (false). Pairs among the set's own
 * pictures that have equal pixels are known duplicates; the others are to be looked at, and their places are printed.
 */
import { parseArgs } from "node:util";
import { duplicatesAcross, duplicatesWithin, found } from "@tessera/analysis/duplicates/search";
import { hashedSide, type ItemHash } from "@tessera/domain/duplicates/rule";
import { randomStream } from "@tessera/domain/random";
import { hashPicture } from "@tessera/imaging/hash";
import { image } from "@tessera/imaging/image";
import sharp from "sharp";
import type { Bench } from "../main.ts";
import { wholeNumber } from "../support/wholeNumber.ts";
import { copies, type Source } from "./copies.ts";
import { sets } from "./sets.ts";

export const bench: Bench = {
  about: "duplicates found and wrongly found in real sets, by kind of copy; the search's time",
  async run(args) {
    const { values } = parseArgs({ args, options: { set: { type: "string" }, copies: { type: "string" } } });
    const most = wholeNumber("--copies", values.copies ?? "200");
    const figures: Record<string, unknown> = {};
    for (const [name, read] of Object.entries(sets)) {
      if (values.set === undefined || name.includes(values.set))
        figures[name] = await measure(name, await read(), most);
    }
    return figures;
  },
};

/** As apps/worker does. */
async function hashOf(bytes: Uint8Array): Promise<ItemHash> {
  const { width, height, thumbnail } = await image(bytes);
  return hashPicture(Math.max(width, height) <= hashedSide ? bytes : thumbnail);
}

async function measure(name: string, pictures: readonly Uint8Array[], most: number) {
  const started = performance.now();
  const hashes: ItemHash[] = [];
  for (const bytes of pictures) hashes.push(await hashOf(bytes));
  const hashed = performance.now();
  const before = process.cpuUsage();
  const pairs = found(duplicatesWithin(hashes));
  const { user } = process.cpuUsage(before);
  const equal = ({ a, b }: { a: number; b: number }) => Buffer.compare(pictures[a]!, pictures[b]!) === 0;
  const near = pairs.filter((pair) => !equal(pair));
  const own = {
    pictures: pictures.length,
    hashMs: round((hashed - started) / pictures.length),
    searchCpuSeconds: round(user / 1e6),
    equalPairs: pairs.length - near.length,
    otherPairs: near.length,
    otherTurned: near.filter(({ orientation }) => orientation !== "as it is").length,
  };
  console.error(`\n${name}`, own);
  for (const { a, b, bits, correlation, orientation } of near
    .toSorted((p, q) => q.correlation - p.correlation)
    .slice(0, 30)) {
    console.error(`  ${a} and ${b}: ${bits} bits, correlation ${correlation.toFixed(3)}, ${orientation}`);
  }
  const twins = new Set(pairs.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  const random = randomStream("copies", name);
  const drawn = Array.from({ length: Math.min(most, pictures.length) }, (_, i) =>
    pictures.length <= most ? i : random.integer(pictures.length),
  );
  const byKind: Record<string, unknown> = {};
  for (const [kind, copy] of Object.entries(copies)) {
    const made: ItemHash[] = [];
    for (const place of drawn) {
      const { width, height } = await sharp(pictures[place]!).metadata();
      const source: Source = { bytes: pictures[place]!, width, height };
      made.push(await hashOf(await (await copy(sharp(source.bytes), source, random)).png().toBuffer()));
    }
    const matches = found(duplicatesAcross(made, hashes));
    const hits = new Set(matches.filter(({ a, b }) => drawn[a] === b).map(({ a }) => a));
    const wrong = matches.filter(({ a, b }) => drawn[a] !== b && !twins.has(`${drawn[a]} ${b}`)).length;
    byKind[kind] = { recall: round(hits.size / drawn.length), false: wrong };
    console.error(`  ${kind.padEnd(20)} recall ${round(hits.size / drawn.length)}, false pairs ${wrong}`);
  }
  return { ...own, copies: drawn.length, byKind };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
