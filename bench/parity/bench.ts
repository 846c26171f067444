/**
 * @file The product's default training against the same one in PyTorch: test Dice and time, from the image files to the last test item.
 *
 *   npm run bench -- parity [--items 1000] [--epochs 15] [--seeds 5] [--size 128]    needs ../shared/data/kvasir-seg, or KVASIR_SEG
 *
 * Both sides get the same items, starting weights, order and augmentation draws of a seed, the same number of threads, and a
 * process of their own with nothing prepared; they take turns in who goes first. PyTorch first tries, on a few items, which memory
 * layout and loader suit the machine. Nothing else should run meanwhile.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseSegmentation, segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { Bench } from "../main.ts";
import { pythonWithTorch } from "../support/python.ts";
import { wholeNumber } from "../support/wholeNumber.ts";
import { parityItems } from "./items.ts";
import { storeItems, trainOurs } from "./ours.ts";
import { type Report, report } from "./report.ts";
import type { Run } from "./run.ts";
import { writeStartingWeights } from "./startingWeights.ts";
import { quickestSettings, trainTorch } from "./torch.ts";

/** Above it, the two cannot have started from the same weights and batch. */
const largestFirstLoss = 0.02;

export const bench: Bench = {
  about: "the product's training against PyTorch's on Kvasir-SEG: test Dice, and total time",
  async run(args) {
    const { items: count, epochs, seeds, size } = numbers(args);
    const configuration = parseSegmentation({
      ...segmentationDefaults,
      model: { ...segmentationDefaults.model, size },
      epochs,
    });
    const items = await parityItems(count);
    const python = await pythonWithTorch();
    const work = await mkdtemp(join(tmpdir(), "tessera-parity-"));
    try {
      const objectsDirectory = join(work, "objects");
      const stored = await storeItems(items, objectsDirectory);
      const weightsOf = (seed: number) => join(work, `${seed}.safetensors`);
      for (let seed = 1; seed <= seeds; seed++) await writeStartingWeights(configuration.model, seed, weightsOf(seed));
      const settings = await quickestSettings({ configuration, seed: 1, items, work }, python, weightsOf(1));
      const [ours, torch]: [Run[], Run[]] = [[], []];
      for (let seed = 1; seed <= seeds; seed++) {
        const own = join(work, String(seed));
        await mkdir(own);
        const options = { configuration, seed, items, work: own };
        const sides = [
          async () => ours.push(say("Tessera", await trainOurs(options, stored, objectsDirectory))),
          async () => torch.push(say("PyTorch", await trainTorch(options, python, weightsOf(seed), settings))),
        ];
        for (const side of seed % 2 === 1 ? sides : sides.reverse()) await side();
        await rm(own, { recursive: true });
      }
      const figures = report(ours, torch);
      judge(figures);
      return { items: stored.length, epochs, seeds, size, threads: configuration.threads, settings, ...figures };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};

function numbers(args: string[]): { items: number; epochs: number; seeds: number; size: number } {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { epochs, model } = segmentationDefaults;
  const options = {
    items: text("1000"),
    epochs: text(String(epochs)),
    seeds: text("5"),
    size: text(String(model.size)),
  };
  const { values } = parseArgs({ args, options });
  return {
    items: wholeNumber("items", values.items),
    epochs: wholeNumber("epochs", values.epochs),
    seeds: wholeNumber("seeds", values.seeds),
    size: wholeNumber("size", values.size),
  };
}

function say(name: string, run: Run): Run {
  const scores = [...run.scores.values()].filter((score) => score !== null);
  const dice = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const losses = run.losses.map((loss) => loss.toFixed(3)).join(" ");
  console.error(
    `· seed ${run.seed} ${name}: ${run.seconds.toFixed(1)} s (${run.prepareSeconds.toFixed(1)} s before the first step, ` +
      `${run.epochSeconds.toFixed(2)} s an epoch), test Dice ${dice.toFixed(4)}, losses ${run.firstLoss.toFixed(4)} first, ${losses}`,
  );
  return run;
}

function judge({ reason, difference }: Report): void {
  console.error(`· ${reason}`);
  if (difference.firstLoss <= largestFirstLoss) return;
  console.error(
    `· The first losses differ by ${(100 * difference.firstLoss).toFixed(1)} %: the two do not train the same`,
  );
}
