/**
 * @file Tiles a second from a slide, ours against openslide-python: the same tiles of the same level, one process each, in turns.
 *
 *   npm run bench -- slides [--slide PATH] [--rounds 7] [--size 224]
 *
 * Ours: a slide child reads tiles, and sends them to this process, 32 at a time. The peer: read_region and a conversion to an RGB array,
 * in its own process; it sends nothing. Both sides must agree on the sum of all pixels, which is not timed. Medians are over the rounds after one
 * that does not count. The child's resident memory is taken after each round.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "@tessera/analysis/summary";
import { openSlides, type TileList } from "@tessera/imaging/slides/client";
import type { Bench } from "../main.ts";
import { pythonWithOpenSlide } from "../support/python.ts";
import { wholeNumber } from "../support/wholeNumber.ts";

const usualSlide = fileURLToPath(new URL("../../../shared/data/wsi-small/cmu-1-small-region.svs", import.meta.url));
const chunk = 32;

export const bench: Bench = {
  about: "tiles a second and memory of a slide's reading, against openslide-python",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { slide: { type: "string" }, rounds: { type: "string" }, size: { type: "string" } },
    });
    const [rounds, size] = [wholeNumber("rounds", values.rounds ?? "7"), wholeNumber("size", values.size ?? "224")];
    const file = { path: values.slide ?? usualSlide, name: "slide" };
    const slides = openSlides({ processes: 1 });
    const peer = startPeer(await pythonWithOpenSlide());
    try {
      const { width, height } = await slides.describe(file);
      await peer.ask({ path: file.path });
      const list = gridOf(width, height, size);
      const tiles = list.x.length;
      const [ours, theirs, memory]: [number[], number[], number[]] = [[], [], []];
      for (let round = 0; round <= rounds; round++) {
        const here = await timed(() => sumOf(slides, file, list));
        const there = (await peer.ask({ x: list.x, y: list.y, size })) as { seconds: number; sum: number };
        if (here.value !== there.sum) throw new Error(`The sums differ: ${here.value} and ${there.sum}`);
        memory.push(residentMegabytes(slides.processIds()[0]!));
        if (round === 0) continue;
        ours.push(tiles / here.seconds);
        theirs.push(tiles / there.seconds);
      }
      const [own, other] = [median(ours)!, median(theirs)!];
      console.error(
        `· ${tiles} tiles of ${size}²: ours ${own.toFixed(0)} a second, openslide-python ${other.toFixed(0)}`,
      );
      console.error(`· the child's resident memory, MB, round by round: ${memory.join(", ")}`);
      return { width, height, size, tiles, rounds, ours: own, peer: other, ratio: own / other, megabytes: memory };
    } finally {
      peer.stop();
      await slides.close();
    }
  },
};

function gridOf(width: number, height: number, size: number): TileList {
  const [x, y]: [number[], number[]] = [[], []];
  for (let top = 0; top + size <= height; top += size) {
    for (let left = 0; left + size <= width; left += size) {
      x.push(left);
      y.push(top);
    }
  }
  return { x, y, extent: { x: size, y: size }, size };
}

async function sumOf(slides: ReturnType<typeof openSlides>, file: { path: string; name: string }, list: TileList) {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < list.x.length; from += chunk) {
    const part = { ...list, x: list.x.slice(from, from + chunk), y: list.y.slice(from, from + chunk) };
    parts.push(await slides.tiles(file, part));
  }
  return parts;
}

/** The sum is not timed, as it is not the peer's. */
async function timed(read: () => Promise<Uint8Array[]>): Promise<{ seconds: number; value: number }> {
  const started = performance.now();
  const parts = await read();
  const seconds = (performance.now() - started) / 1000;
  let value = 0;
  for (const part of parts) for (const byte of part) value += byte;
  return { seconds, value };
}

const residentMegabytes = (pid: number): number =>
  process.platform === "linux"
    ? Math.round((Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096) / 1e6)
    : Number.NaN;

function startPeer(python: string) {
  const child = spawn(python, [fileURLToPath(new URL("./peer.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(message: unknown): Promise<unknown> {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("The peer ended without an answer; see above");
      return JSON.parse(value);
    },
    stop: () => child.kill(),
  };
}
