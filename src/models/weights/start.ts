/** @file Which weights a run starts from: a part of a source's, fitted to the model, and a report of every tensor of it. */
import { DomainError } from "@tessera/domain/errors";
import type { WeightsReport } from "@tessera/domain/weights/report";
import { encoderWeights, firstBlocks } from "./blocks.ts";
import type { NamedWeight, NamedWeights } from "./named.ts";
import { fitStem, isOtherStem } from "./stem.ts";

/** Encoder: of a U-Net the levels down to the deepest, of a classifier all but the head. Blocks are counted from the stem on. */
export type StartPart = "all" | "encoder" | { readonly firstBlocks: number };

export interface Start {
  /** Of the model; what is not in it keeps its own start. */
  readonly weights: ReadonlyMap<string, NamedWeight>;
  /** Of the weights that were asked for. */
  readonly report: WeightsReport;
}

type Shapes = ReadonlyMap<string, Pick<NamedWeight, "shape">>;

/**
 * By name, where the shape is the same or the stem can be fitted to the channels of the images.
 *
 * @param model its weights by name, in its own order; only the shapes are read
 * @throws DomainError BAD_INPUT when not one fits: training would start from random weights under another name
 */
export function fittedStart(from: NamedWeights, model: Shapes, part: StartPart): Start {
  const names = [...model.keys()];
  const wanted = new Set(namesOf(names, part));
  const weights = new Map<string, NamedWeight>();
  const loaded: string[] = [];
  const adapted: { name: string; how: string }[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const [name, { shape }] of model) {
    const source = from.get(name);
    if (!wanted.has(name)) continue;
    if (source === undefined) skipped.push({ name, why: "the source has no such tensor" });
    else if (String(source.shape) === String(shape)) {
      weights.set(name, source);
      loaded.push(name);
    } else if (isOtherStem(name, source.shape, shape)) {
      weights.set(name, fitStem(source, shape[2]!));
      adapted.push({ name, how: stemText(source.shape[2]!) });
    } else skipped.push({ name, why: `[${source.shape}] in the source, [${shape}] in the model` });
  }
  if (weights.size === 0) {
    const example = [...from].slice(0, 3).map(([name, { shape }]) => `${name} [${shape}]`);
    throw new DomainError(
      "BAD_INPUT",
      `None of the ${from.size} weights (${example.join(", ")}, …) fits one of the ${wanted.size} that are wanted ` +
        `(${partText(part)}); choose a source of the same architecture, or start from random weights`,
      { wanted: wanted.size, offered: from.size },
    );
  }
  return { weights, report: { loaded, adapted, skipped, deadFilters: [] } };
}

function namesOf(names: readonly string[], part: StartPart): readonly string[] {
  if (part === "all") return names;
  return part === "encoder" ? encoderWeights(names) : firstBlocks(names, part.firstBlocks);
}

/** For a log. */
export const partText = (part: StartPart): string =>
  typeof part === "string" ? part : `the first ${part.firstBlocks} blocks`;

const stemText = (from: number): string =>
  from === 3
    ? "three channels to one: the sum over the input channels"
    : "one channel to three: a third of the kernel for each";
