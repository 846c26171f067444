/** @file One case: both sides made ready and checked to train the same, then their turns, then the figures. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Case } from "./cases.ts";
import { Child } from "./child.ts";
import { writeData } from "./data.ts";
import type { Options } from "./options.ts";
import type { Delay, Prepare } from "./protocol.ts";
import { Side } from "./side.ts";

type Layout = NonNullable<Prepare["layout"]>;

/** Seconds. */
export interface Figures {
  /** Medians of a step. */
  readonly ours: number;
  /** PyTorch eager, in the better layout. */
  readonly torch: number;
  /** torch.compile in that layout; null where it was not asked for, or failed. */
  readonly compiledTorch: number | null;
  /** ours / torch */
  readonly ratio: number;
  /** Absent where the model has no images. */
  readonly torchLayout?: Layout;
  /** Our first call: recorded, built and run. */
  readonly firstStep: number;
  /** From that call's start to the end of the second, the first that is compiled. */
  readonly firstCompiledStep: number;
  readonly rounds: number;
  readonly steps: number;
}

export interface Compared {
  readonly figures: Figures;
  readonly sides: readonly Side[];
  readonly eventLoop: Delay | null;
}

const warmUpSteps = 4;
const compileSeconds = 300;
/** Relative. Above it, the two do not start from one model, batch and loss; later losses part by rounding. */
const largestDifference = { float32: 0.001, bfloat16: 0.02 } as const;
/** A thread that waits by spinning sleeps after some milliseconds; the next side starts after it. */
const pauseMs = 200;

export async function compareCase(each: Case, options: Options, python: string, work: string): Promise<Compared> {
  const folder = join(work, each.name);
  await mkdir(folder);
  const sides: Side[] = [];
  try {
    return await measure(each, options, python, folder, sides);
  } finally {
    await Promise.all(sides.map(({ child }) => child.stop()));
    await rm(folder, { recursive: true });
  }
}

async function measure(each: Case, options: Options, python: string, folder: string, sides: Side[]): Promise<Compared> {
  const { threads, rounds, steps = each.steps, fusedAdam } = options;
  const data = await writeData(each, folder);
  const weights = join(folder, "weights.safetensors");
  const request = { do: "prepare", case: each, data, weights, threads } as const;

  const ready = async (name: string, child: Child, ask: Prepare, limit?: number): Promise<Side> => {
    const side = new Side(name, child);
    sides.push(side);
    const { parameters } = await child.ask(ask, limit);
    await side.warm(warmUpSteps, limit);
    const warmUp = side.warmUp!;
    const shown = warmUp.seconds.map((seconds) => seconds.toFixed(3)).join(" ");
    say(
      `${each.name}, ${name}: ${parameters} weights, first steps ${shown} s, losses ${warmUp.losses.map(short).join(" ")}`,
    );
    checkSame(sides[0]!, side, largestDifference[each.precision]);
    await pause(pauseMs);
    return side;
  };
  const peer = (name: string, more: { readonly layout: Layout; readonly compiled: boolean }, limit?: number) =>
    ready(name, Child.torch(python, name, threads), { ...request, ...more, fusedAdam }, limit);

  const ours = await ready("Tessera", Child.ours(), request);
  const eager = new Map<Layout, Side>();
  const layouts: readonly Layout[] = each.input.length === 4 ? ["NCHW", "channels_last"] : ["NCHW"];
  for (const layout of layouts) eager.set(layout, await peer(`PyTorch ${layout}`, { layout, compiled: false }));
  const best = () => [...eager].reduce((a, b) => (b[1].median < a[1].median ? b : a));
  const compiled = options.compiled
    ? await peer("torch.compile", { layout: best()[0], compiled: true }, compileSeconds).catch(async (error: Error) => {
        say(`${each.name}, torch.compile: none, ${error.message}`);
        await sides.pop()!.child.stop();
        return null;
      })
    : null;

  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < sides.length; turn++) {
      await sides[(round + turn) % sides.length]!.count(steps);
      await pause(pauseMs);
    }
    say(
      `${each.name}, round ${round + 1} of ${rounds}: ${sides.map((side) => `${side.name} ${short(side.median)} s`).join(", ")}`,
    );
  }
  const delaySteps = Math.max(steps * rounds, 20);
  const eventLoop =
    each.name === "unet128BatchNorm" ? await ours.child.ask({ do: "measureDelay", steps: delaySteps }) : null;
  const [torchLayout, torch] = best();
  const [first, second] = ours.warmUp!.seconds as [number, number];
  const figures: Figures = {
    ours: short(ours.median),
    torch: short(torch.median),
    compiledTorch: compiled && short(compiled.median),
    ratio: short(ours.median / torch.median),
    ...(layouts.length > 1 && { torchLayout }),
    firstStep: short(first),
    firstCompiledStep: short(first + second),
    rounds,
    steps,
  };
  return { figures, sides, eventLoop };
}

/** @throws Error where the first losses differ: then the two do not train the same */
function checkSame(ours: Side, other: Side, most: number): void {
  const [a, b] = [ours.warmUp!.losses[0]!, other.warmUp!.losses[0]!];
  if (Math.abs(a - b) <= most * Math.abs(a)) return;
  throw new Error(`The first loss of ${ours.name} is ${a}, of ${other.name} ${b}: they do not train the same`);
}

export const say = (text: string): void => console.error(`· ${text}`);

const short = (value: number): number => Number(value.toPrecision(4));
