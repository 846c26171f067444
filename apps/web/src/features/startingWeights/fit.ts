/**
 * @file Whether the weights of a source fit a model, so that the form can say why not before the api refuses.
 *
 * The same rules as the api's; `test/web/startingWeights.test.ts` holds them to it.
 */
import { type Configuration, readPath } from "../newExperiment/draft.ts";
import { fieldLabel, valueText } from "../newExperiment/fieldText.ts";
import type { Part } from "./startingWeights.ts";

type Model = Readonly<Record<string, unknown>>;

/** What decides the shapes of the weights, of each family. The side of the input does not. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  unet: ["depth", "baseFilters", "normalization"],
  resnet: ["baseFilters", "blocks", "stem"],
  cbr: ["net"],
  mobilenetV1: ["alpha"],
  mobilenetV2: ["alpha"],
};

export const modelOf = (configuration: Configuration): Model => (readPath(configuration, "model") ?? {}) as Model;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** "Family ResNet, here U-Net"; null: they fit. Absent classes are not compared. */
export function misfit(
  source: { readonly model: Model; readonly classes?: number },
  target: { readonly model: Model; readonly classes?: number },
  part: Part["part"],
): string | null {
  const [from, to] = [source.model, target.model];
  if (!same(from.family, to.family)) return difference("family", from, to);
  const own = deciding[String(to.family)] ?? [];
  const fields = part === "all" && to.family === "unet" ? [...own, "skips"] : own;
  const field = fields.find((each) => !same(from[each], to[each]));
  if (field !== undefined) return difference(field, from, to);
  if (part !== "all" || source.classes === undefined || target.classes === undefined) return null;
  return source.classes === target.classes ? null : `a head of ${source.classes} classes, here ${target.classes}`;
}

function difference(field: string, from: Model, to: Model): string {
  const path = `model.${field}`;
  const label = (fieldLabel(path) ?? field).toLowerCase();
  return `${label} ${valueText(path, from[field])}, here ${valueText(path, to[field])}`;
}

/** How many blocks a model has, the stem as the first; null: not known. The api's rule counts by the names of the weights. */
export function blockCount(model: Model): number | null {
  switch (model.family) {
    case "unet":
      return typeof model.depth === "number" ? model.depth + 1 : null;
    case "resnet": {
      const blocks = model.blocks;
      if (!Array.isArray(blocks) || !blocks.every((each): each is number => typeof each === "number")) return null;
      return blocks.reduce((sum, each) => sum + each, 1);
    }
    case "cbr":
      return model.net === "largeT" ? 5 : 4;
    case "mobilenetV1":
      return 14;
    case "mobilenetV2":
      return 19;
    default:
      return null;
  }
}
