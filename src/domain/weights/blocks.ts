/** @file The blocks of a configuration's model, without building it: what starting weights of `firstBlocks` count. */

import { cbrNets } from "../configuration/classificationModels.ts";
import { mobilenetLayers } from "../configuration/mobilenetLayers.ts";
import type { RunConfiguration } from "../configuration/run.ts";

/** In the order of an image's way, the stem (or a U-Net's first level) first; the head and a decoder are no blocks. A U-Net on a MobileNet has its blocks. */
export function blocksOf(model: RunConfiguration["model"]): string[] {
  if (!("size" in model)) return []; // of bags: one layer, and the pooling
  switch (model.family) {
    case "unet":
      if (model.encoder && model.encoder.kind !== "plain")
        return mobilenetBlocks(model.encoder.kind, model.encoder.alpha);
      return numbered("encoder/level", model.depth + 1);
    case "cbr":
      return numbered("block", cbrNets[model.net].filters.length);
    case "resnet":
      return ["stem", ...model.blocks.flatMap((count, stage) => numbered(`stage${stage + 1}/block`, count))];
    default:
      return mobilenetBlocks(model.family, model.alpha);
  }
}

const mobilenetBlocks = (family: "mobilenetV1" | "mobilenetV2", alpha: number): string[] => [
  ...new Set(mobilenetLayers({ family, alpha }).map(({ name }) => name.split("/")[0]!)),
];

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name}${i}`);
