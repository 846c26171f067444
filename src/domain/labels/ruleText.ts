/** @file A rule in words: what a version says of itself. */
import type { NoiseModel } from "../noise/models.ts";
import type { PinnedRule } from "./rule.ts";

export function ruleText({ rule, from }: PinnedRule): string {
  const version = from === null ? "no version" : `version ${from.number}`;
  switch (rule.kind) {
    case "singleReader":
      return `the newest annotation of "${rule.reader}" per item`;
    case "majority":
      return `majority of ${named(rule.readers)}; a tie is ${rule.ties === "firstReader" ? "the first reader's" : rule.ties}`;
    case "dawidSkene":
      return `Dawid–Skene consensus of ${named(rule.readers)}`;
    case "staple":
      return `STAPLE consensus of ${named(rule.readers)}, foreground from a probability of ${rule.threshold}`;
    case "adjudicated":
      return `adjudicated by "${rule.adjudicator}", else as in ${version}`;
    case "noise":
      return `${version} with noise: ${noiseText(rule.model)}; seed ${rule.seed}`;
  }
}

const named = (readers: readonly string[] | null) =>
  readers === null ? "all readers" : readers.map((reader) => `"${reader}"`).join(", ");

const percent = (share: number) => `${Number((100 * share).toFixed(2))} %`;

export function noiseText(model: NoiseModel): string {
  switch (model.kind) {
    case "symmetric":
      return `symmetric, ${percent(model.rate)} drawn anew`;
    case "asymmetric":
      return "asymmetric, by a matrix";
    case "instanceDependent":
      return `${percent(model.rate)} drawn anew from readers' votes, more where they differ`;
    case "secondReader":
      return `"${model.reader}" in ${percent(model.rate)} of the items`;
    case "boundaryShift":
      return `outlines moved ${model.pixels} px in or out${share(model.rate)}`;
    case "dilation":
      return `grown by ${model.pixels} px${share(model.rate)}`;
    case "erosion":
      return `shrunk by ${model.pixels} px${share(model.rate)}`;
    case "droppedRegions":
      return `${percent(model.chance)} of the regions dropped${share(model.rate)}`;
    case "spuriousBlobs":
      return `${model.count} blobs of ${model.radius[0]} to ${model.radius[1]} px added${share(model.rate)}`;
    case "polygon":
      return `outlines drawn as polygons within ${model.tolerance} px${share(model.rate)}`;
  }
}

const share = (rate: number) => (rate === 1 ? "" : ` in ${percent(rate)} of the items`);
