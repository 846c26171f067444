/** @file The blocks of a configuration's model, without building it: what starting weights of `firstBlocks` count. */

import { cbrNets } from "../configuration/classificationModels.ts";
import type { ClassifierModel } from "../configuration/classifier.ts";
import { mobilenetLayers } from "../configuration/mobilenetLayers.ts";
import type { UNetModel } from "../configuration/segmentation.ts";

/** In the order of an image's way, the stem (or a U-Net's first level) first; the head and a decoder are no blocks. */
export function blocksOf(model: ClassifierModel | UNetModel): string[] {
  switch (model.family) {
    case "unet":
      return numbered("encoder/level", model.depth + 1);
    case "cbr":
      return numbered("block", cbrNets[model.net].filters.length);
    case "resnet":
      return ["stem", ...model.blocks.flatMap((count, stage) => numbered(`stage${stage + 1}/block`, count))];
    default:
      return [...new Set(mobilenetLayers(model).map(({ name }) => name.split("/")[0]!))];
  }
}

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}${i}`);
