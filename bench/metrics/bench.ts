/**
 * @file Measures of masks, ours against MONAI's and SciPy's: the same masks, one thread each, in turns.
 *
 *   npm run bench -- metrics [--masks 100] [--rounds 5] [--side 256]
 *
 * Times are from masks in memory (for the peer, in its own layout) to numbers, seconds per 1,000 masks; medians over the rounds
 * after one that does not count. hd95, assd and nsd come of one pass of ours and of three of MONAI's: each alone is timed, and
 * all together in measurePrediction. Both sides must agree on every metric's sum, or the bench fails.
 */
import { spawn } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "@tessera/analysis/summary";
import type { Bench } from "../main.ts";
import { pythonWithMonai } from "../support/python.ts";
import { wholeNumber } from "../support/wholeNumber.ts";
import { type MaskPair, maskPair } from "./masks.ts";
import { metrics } from "./ours.ts";

interface Timed {
  readonly seconds: number;
  readonly sum: number;
}

export const bench: Bench = {
  about: "measures of masks against MONAI and SciPy: Dice, HD95, ASSD, NSD, lesions, error curves",
  async run(args) {
    const { masks, rounds, side } = readOptions(args);
    const peer = startPeer(await pythonWithMonai());
    const work = await mkdtemp(join(tmpdir(), "tessera-metrics-"));
    try {
      const pairs = Array.from({ length: masks }, (_, i) => maskPair(i, side));
      const file = await writeMasks(pairs, join(work, "masks"));
      await peer.ask({ file, masks, side });
      const figures: Record<string, unknown> = {};
      for (const metric of metrics) {
        const [ours, theirs]: number[][] = [[], []];
        for (let round = 0; round <= rounds; round++) {
          const here = timeOurs(() => pairs.reduce((sum, pair) => sum + metric.of(pair, side), 0));
          const there = metric.peer === null ? null : ((await peer.ask({ metric: metric.name })) as Timed);
          if (there !== null) checkSame(metric.name, here.sum, there.sum, masks);
          if (round === 0) continue;
          ours!.push(here.seconds);
          if (there !== null) theirs!.push(there.seconds);
        }
        const [ourTime, peerTime] = [ours, theirs].map((each) => perThousand(median(each!), masks));
        const ratio = peerTime && ourTime ? short(ourTime / peerTime) : null;
        figures[metric.name] = { ours: ourTime, peer: peerTime, ratio, of: metric.peer };
        const beside = peerTime ? `${metric.peer} ${peerTime} s, ratio ${ratio}` : "nothing beside it";
        console.error(`· ${metric.name.padEnd(18)} ours ${ourTime} s, ${beside} (per 1,000 masks of ${side}²)`);
      }
      return { masks, side, rounds, metrics: figures };
    } finally {
      peer.stop();
      await rm(work, { recursive: true, force: true });
    }
  },
};

function readOptions(args: string[]) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { masks: text, rounds: text, side: text } });
  const { masks = "100", rounds = "5", side = "256" } = values;
  return {
    masks: wholeNumber("masks", masks),
    rounds: wholeNumber("rounds", rounds),
    side: wholeNumber("side", side),
  };
}

function startPeer(python: string) {
  const environment = { ...process.env, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child = spawn(python, [fileURLToPath(new URL("peer.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    env: environment,
  });
  const lines = createInterface({ input: child.stdout });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const gone = new Promise<never>((_, fail) => {
    child.once("error", fail);
    child.once("close", (code) => fail(new Error(`the peer ended with ${code}; see above`)));
  });
  gone.catch(() => undefined); // said by the next question
  child.stdin.on("error", () => undefined);
  return {
    async ask(question: object): Promise<unknown> {
      const answer = new Promise<string>((done) => {
        lines.once("line", done);
      });
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return JSON.parse(await Promise.race([answer, gone]));
    },
    stop: kill,
  };
}

/** Truth, prediction, truth, … one byte a pixel. */
async function writeMasks(pairs: readonly MaskPair[], path: string): Promise<string> {
  await using file = await open(path, "w");
  for (const { truth, prediction } of pairs) {
    await file.write(truth);
    await file.write(prediction);
  }
  return path;
}

function timeOurs(of: () => number): Timed {
  const start = performance.now();
  const sum = of();
  return { seconds: (performance.now() - start) / 1000, sum };
}

/** @throws Error where the two do not compute the same */
function checkSame(metric: string, ours: number, theirs: number, masks: number): void {
  if (Math.abs(ours - theirs) <= 1e-4 * masks) return;
  throw new Error(`${metric}: the sum of ours is ${ours}, the peer's ${theirs}: they do not compute the same`);
}

const short = (value: number): number => Number(value.toPrecision(3));
const perThousand = (seconds: number | null, masks: number): number | null =>
  seconds === null ? null : short((seconds * 1000) / masks);
