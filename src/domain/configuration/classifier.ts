/** @file The architectures of classifiers, and their limits. */
import { checkChannels, type ImageChannels } from "./channels.ts";
import type { Check } from "./check.ts";
import { type CbrModel, checkCbr, checkMobileNet, type MobileNetModel } from "./classificationModels.ts";

export const stems = ["7x7", "3x3"] as const;

export interface ResNetModel {
  readonly family: "resnet";
  /** Side of the square input, pixels. */
  readonly size: number;
  /** Of the image; absent: 3. */
  readonly channels?: ImageChannels;
  /** Filters of the stem and the first stage; each stage below doubles them. 64 in the paper. */
  readonly baseFilters: number;
  /** Basic blocks of each stage. ResNet-18 is [2, 2, 2, 2], ResNet-34 [3, 4, 6, 3]. */
  readonly blocks: readonly number[];
  /** 7x7: halves the side and pools it to a quarter, as in the paper. 3x3: keeps the side; for images of 64 pixels or less. */
  readonly stem: (typeof stems)[number];
}

export type ClassifierModel = ResNetModel | CbrModel | MobileNetModel;

/** What src/models builds: a model and the number of its logits. */
export type Classifier<M extends ClassifierModel = ClassifierModel> = M & { readonly classes: number };

export const resnet18: ResNetModel = {
  family: "resnet",
  size: 224,
  baseFilters: 64,
  blocks: [2, 2, 2, 2],
  stem: "7x7",
};

interface Family {
  /** The fields besides family, size and channels. */
  readonly fields: readonly string[];
  readonly check: (check: Check) => void;
}

/** Beside each interface, its limits: a family that is listed here can be trained. */
const families: Readonly<Record<ClassifierModel["family"], Family>> = {
  resnet: { fields: ["baseFilters", "blocks", "stem"], check: checkResNet },
  cbr: { fields: ["net"], check: checkCbr },
  mobilenetV1: { fields: ["alpha"], check: checkMobileNet },
  mobilenetV2: { fields: ["alpha"], check: checkMobileNet },
};

export const classifierFamilies = Object.keys(families) as readonly ClassifierModel["family"][];

const familyOf = (name: unknown): Family | null =>
  typeof name === "string" && Object.hasOwn(families, name) ? families[name as ClassifierModel["family"]] : null;

/** For `noOtherFields`. */
export const classifierFields = (family: unknown): string[] => [
  "family",
  "size",
  "channels",
  ...(familyOf(family)?.fields ?? []),
];

/** Notes what is wrong with the field `model`. */
export function checkClassifier(check: Check): void {
  check.oneOf("model.family", classifierFamilies);
  check.integer("model.size", 16, 1024, "pixels; 28 and 64 train in minutes on two cores, 224 is usual");
  checkChannels(check);
  familyOf(check.read("model.family"))?.check(check);
}

const mostStages = 6;

function checkResNet(check: Check): void {
  check.integer("model.baseFilters", 2, 128, "filters of the stem; 64 in the paper, 16 trains in minutes on two cores");
  check.oneOf("model.stem", stems);
  const blocks = check.read("model.blocks");
  const isCount = (each: unknown) => Number.isInteger(each) && (each as number) >= 1 && (each as number) <= 50;
  if (Array.isArray(blocks) && blocks.length >= 1 && blocks.length <= mostStages && blocks.every(isCount)) return;
  const expected = `a list of 1 to ${mostStages} whole numbers from 1 to 50`;
  check.problem("model.blocks", expected, blocks, "blocks per stage; [2, 2, 2, 2] is ResNet-18");
}
