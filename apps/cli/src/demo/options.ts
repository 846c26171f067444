/** @file The flags of `npm run demo`, checked. */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DomainError } from "@tessera/domain/errors";
import { fewestItems } from "@tessera/synthetic/domainSet";

export const usage = `npm run demo -- [flags]

  --question weights   (default) The main job, end to end: import a dataset, freeze its labels and its split, train a U-Net from two
                       starting weights (random, and the encoder of a run on another domain) over several seeds, and compare
                       them on the test fold.
  --question dice      Is this Dice real? Regions of known size, and predictions by three foreign scripts that are wrong in one known
                       way each: shifted by one pixel, small regions dropped, specks and holes. They are scored under every
                       convention, as an error of the outline in pixels, and by their pieces, with the planted truth beside.
  --question transfer  Does pretraining help? Four synthetic domains of graded distance, from shapes to the target, with one planted
                       cue in common. A small classifier learns the target from random weights, from the domain beside it, from
                       the chain of all three (the funnel), and from the funnel's weight statistics alone, with 5 % and with all
                       of the training items.
  --question labels    Is it the labels? Three readers, a report and a program that reads it err in known ways. Versions by rule, agreement,
                       the chain from image to label, and classifiers trained and scored on noisy labels, each with the planted truth beside.
  --question slides    Which pooling finds the few tiles that tell? Bags of synthetic tile features, in which 2 of 400 tiles carry the
                       slide's label: that label on every tile, mean, max and attention, on the same bags and folds.

  --items N       how many items                    (default 200; with --kvasir: all; dice: 72; transfer: of each domain, 900; labels: 900; slides: bags, 240)
  --size PX       side of the model's input         (default 64; with --kvasir: 128; dice: of images and scores, 128; transfer, labels: 32; slides has none)
  --seeds N       runs per arm                      (default 3; with --kvasir: 2; transfer, labels: 5, below there is no verdict;
                                                    slides: repeats of 3-fold cross-validation, 3)
  --seed N        another synthetic world           (default 1)
  --exit          stop when the answer is there, and print one last JSON line

  Of the questions "weights", "transfer", "labels" and "slides":
  --epochs N      passes over the training fold     (default 15; transfer: of 30 updates each, 28; labels: of 30 updates each, 20; slides: 20)

  Of the question "weights" only:
  --kvasir PATH   a Kvasir-SEG folder (images/, masks/); without it a synthetic endoscopy set with planted truth is made

  Of the question "transfer" only:
  --planted WHAT  pattern (default), or none: the labels of the pretraining's domains are pure noise, and no arm should win by it
`;

export interface WeightsOptions {
  readonly question: "weights";
  readonly kvasir: string | null;
  readonly items: number | undefined;
  readonly size: number;
  readonly epochs: number;
  readonly seeds: number;
  readonly seed: number;
  readonly exit: boolean;
}

export interface DiceOptions {
  readonly question: "dice";
  readonly items: number;
  readonly size: number;
  readonly seeds: number;
  readonly seed: number;
  readonly exit: boolean;
}

export interface TransferOptions {
  readonly question: "transfer";
  /** What the labels of the pretraining's domains tell. */
  readonly planted: "pattern" | "none";
  /** Of each domain. */
  readonly items: number;
  readonly size: number;
  readonly epochs: number;
  readonly seeds: number;
  readonly seed: number;
  readonly exit: boolean;
}

export interface LabelsOptions {
  readonly question: "labels";
  readonly items: number;
  readonly size: number;
  readonly epochs: number;
  readonly seeds: number;
  readonly seed: number;
  readonly exit: boolean;
}

export interface SlidesOptions {
  readonly question: "slides";
  /** Bags. */
  readonly items: number;
  readonly epochs: number;
  /** Repeats of the cross-validation. */
  readonly seeds: number;
  readonly seed: number;
  readonly exit: boolean;
}

export type DemoOptions = WeightsOptions | DiceOptions | TransferOptions | LabelsOptions | SlidesOptions;

/** The questions of each flag that is not of all. */
const ownFlags: Readonly<Record<"kvasir" | "size" | "epochs" | "planted", readonly string[]>> = {
  kvasir: ["weights"],
  size: ["weights", "dice", "transfer", "labels"],
  epochs: ["weights", "transfer", "labels", "slides"],
  planted: ["transfer"],
};

/** Null when only the usage was asked for. @throws DomainError BAD_INPUT naming the flag. */
export function readDemoOptions(args: string[]): DemoOptions | null {
  const { values } = parseArgs({
    args,
    options: {
      question: { type: "string", default: "weights" },
      kvasir: { type: "string" },
      items: { type: "string" },
      size: { type: "string" },
      epochs: { type: "string" },
      planted: { type: "string" },
      seeds: { type: "string" },
      seed: { type: "string" },
      exit: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const { question, exit } = values;
  const seed = whole("seed", values.seed, 0, 2 ** 31 - 1) ?? 1;
  for (const [flag, questions] of Object.entries(ownFlags)) {
    if (values[flag as keyof typeof ownFlags] !== undefined && !questions.includes(question)) {
      refuse(flag, `belongs to the question ${questions.map((each) => `"${each}"`).join(" or ")}; leave it out`);
    }
  }
  if (question === "transfer") {
    return {
      question,
      planted: oneOf("planted", values.planted, ["pattern", "none"]) ?? "pattern",
      items: whole("items", values.items, fewestItems, 10_000) ?? 900,
      size: whole("size", values.size, 32, 128) ?? 32,
      epochs: whole("epochs", values.epochs, 1, 1000) ?? 28,
      seeds: whole("seeds", values.seeds, 1, 20) ?? 5,
      seed,
      exit,
    };
  }
  if (question === "labels") {
    return {
      question,
      items: whole("items", values.items, fewestItems, 10_000) ?? 900,
      size: whole("size", values.size, 32, 128) ?? 32,
      epochs: whole("epochs", values.epochs, 1, 1000) ?? 20,
      seeds: whole("seeds", values.seeds, 1, 20) ?? 5,
      seed,
      exit,
    };
  }
  if (question === "slides") {
    return {
      question,
      items: whole("items", values.items, 12, 1000) ?? 240,
      epochs: whole("epochs", values.epochs, 1, 1000) ?? 20,
      seeds: whole("seeds", values.seeds, 1, 20) ?? 3,
      seed,
      exit,
    };
  }
  if (question === "dice") {
    return {
      question,
      items: whole("items", values.items, 24, 1000) ?? 72,
      size: whole("size", values.size, 64, 512) ?? 128,
      seeds: whole("seeds", values.seeds, 1, 20) ?? 3,
      seed,
      exit,
    };
  }
  if (question !== "weights")
    refuse("question", `expected weights, dice, transfer, labels or slides, got "${question}"`);
  // npm runs scripts in the repository; a relative path is meant from where the person stands.
  const kvasir = values.kvasir === undefined ? null : resolve(process.env.INIT_CWD ?? ".", values.kvasir);
  return {
    question: "weights",
    kvasir,
    items: whole("items", values.items, 12, 100_000) ?? (kvasir ? undefined : 200),
    size: whole("size", values.size, 32, 1024) ?? (kvasir ? 128 : 64),
    epochs: whole("epochs", values.epochs, 1, 10_000) ?? 15,
    seeds: whole("seeds", values.seeds, 1, 100) ?? (kvasir ? 2 : 3),
    seed,
    exit,
  };
}

/** Another folder is another dataset: it must not be answered with the data of the first one. */
export function setName(kvasir: string): string {
  const folder = basename(kvasir);
  return /^kvasir[-_ ]?seg$/i.test(folder) ? "Kvasir-SEG" : `Kvasir-SEG layout, ${folder}`;
}

function whole(flag: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  return refuse(flag, `expected a whole number from ${low} to ${high}, got "${text}"`);
}

function oneOf<T extends string>(flag: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  const found = allowed.find((each) => each === text);
  if (found !== undefined || text === undefined) return found;
  return refuse(flag, `expected ${allowed.join(" or ")}, got "${text}"`);
}

function refuse(flag: string, message: string): never {
  throw new DomainError("BAD_INPUT", `--${flag}: ${message}`, { flag });
}
