/** @file MNIST-bags: bags of digits, positive where one is the target; from an own split of MNIST's test file. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { randomStream } from "@tessera/domain/random";

export interface BagRules {
  /** The digit that makes a bag positive. */
  readonly target: number;
  /** Of the digits in a bag. */
  readonly mean: number;
  readonly sd: number;
  /** Digits of which the bags to train and validate on are drawn; the others are tested on. */
  readonly trainImages: number;
  readonly bags: Readonly<Record<"train" | "val" | "test", number>>;
  readonly seed: number;
}

export interface Digits {
  /** One each, 28 x 28 bytes. */
  readonly images: readonly Uint8Array[];
  readonly labels: Uint8Array;
}

const pixels = 28 * 28;

/** @throws Error where a file is not what MNIST's are */
export function readDigits(imagesPath: string, labelsPath: string): Digits {
  const [images, labels] = [imagesPath, labelsPath].map((path) => gunzipSync(readFileSync(path)));
  const count = images!.readUInt32BE(4);
  if (images!.readUInt32BE(0) !== 0x803 || labels!.readUInt32BE(0) !== 0x801 || labels!.readUInt32BE(4) !== count) {
    throw new Error(`${imagesPath} and ${labelsPath}: expected idx files of as many images as labels`);
  }
  return {
    images: Array.from({ length: count }, (_, i) => images!.subarray(16 + i * pixels, 16 + (i + 1) * pixels)),
    labels: labels!.subarray(8),
  };
}

export interface DigitBag {
  readonly name: string;
  readonly fold: keyof BagRules["bags"];
  readonly positive: boolean;
  /** Places of its digits in the file. */
  readonly digits: readonly number[];
}

/**
 * Every second bag is positive. A digit may be in several bags of its part; sizes are a rounded normal, at least 1.
 *
 * After Ilse, Tomczak & Welling 2018, arXiv:1802.04712, section 4.2: a bag is drawn from all digits and is positive where one is the
 * target; here drawn again until it is what it is to be.
 */
export function drawBags(labels: Uint8Array, rules: BagRules): DigitBag[] {
  const { target, mean, sd, trainImages, seed } = rules;
  const shuffle = randomStream(seed, "split");
  const order = [...labels.keys()].map((place) => ({ place, at: shuffle.uniform() })).sort((a, b) => a.at - b.at);
  const learnt = order.slice(0, trainImages).map(({ place }) => place);
  const tested = order.slice(trainImages).map(({ place }) => place);
  return (["train", "val", "test"] as const).flatMap((fold) => {
    const from = fold === "test" ? tested : learnt;
    const draw = randomStream(seed, fold);
    return Array.from({ length: rules.bags[fold] }, (_, index): DigitBag => {
      const positive = index % 2 === 1;
      const size = Math.max(1, Math.round(mean + sd * draw.normal()));
      for (;;) {
        const digits = Array.from({ length: size }, () => from[draw.integer(from.length)]!);
        if (digits.some((digit) => labels[digit] === target) !== positive) continue;
        return { name: `${fold} ${String(index).padStart(4, "0")}`, fold, positive, digits };
      }
    });
  });
}

/** The table that the product imports: a line per digit, pixels from 0 to 1. */
export function bagTableText({ images }: Digits, bags: readonly DigitBag[]): string {
  const shade = (value: number) => (value === 0 ? "0" : (value / 255).toFixed(3));
  const heading = ["bag", "fold", "label", ...Array.from({ length: pixels }, (_, at) => `p${at}`)].join(",");
  const lines = bags.flatMap(({ name, fold, positive, digits }) =>
    digits.map((digit) => [name, fold, Number(positive), ...Array.from(images[digit]!, shade)].join(",")),
  );
  return [heading, ...lines, ""].join("\n");
}
