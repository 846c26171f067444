/**
 * @file Kinds of label noise by level: a noise model without its strength, and the model that a level makes of it.
 *
 * Of one seed the levels of a kind are nested: what a lower level corrupts a higher one corrupts too. Classes: to the same label. Masks:
 * outlines move on in the same direction, the regions dropped are dropped again, the blobs are there again with others besides (of
 * schemas of several classes only those of the first). Polygons are simplified anew from the outline at every level.
 */
import { DomainError } from "../errors.ts";
import { parseRule, type RuleSchema } from "../labels/parseRule.ts";
import type { NoiseModel } from "../noise/models.ts";

/** As a rule's `model`, but without the field that the level is. */
export type NoiseFamily = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The field of each kind that its level is; of asymmetric noise the share of its matrices, mixed with no change. */
const levelFields: Readonly<Record<NoiseModel["kind"], string>> = {
  symmetric: "rate",
  asymmetric: "matrices",
  instanceDependent: "rate",
  secondReader: "rate",
  boundaryShift: "pixels",
  dilation: "pixels",
  erosion: "pixels",
  polygon: "tolerance",
  droppedRegions: "chance",
  spuriousBlobs: "count",
};

/** What a level is of a kind, for an axis. */
export const levelUnits: Readonly<Record<NoiseModel["kind"], string>> = {
  symmetric: "share of labels drawn anew",
  asymmetric: "share of the matrix",
  instanceDependent: "share of labels drawn anew",
  secondReader: "share of items from the second reader",
  boundaryShift: "pixels in or out",
  dilation: "pixels grown",
  erosion: "pixels shrunk",
  polygon: "pixels of tolerance",
  droppedRegions: "chance that a region is dropped",
  spuriousBlobs: "blobs per item",
};

const defaultNames: Readonly<Record<NoiseModel["kind"], string>> = {
  symmetric: "symmetric",
  asymmetric: "asymmetric",
  instanceDependent: "disputed items",
  secondReader: "second reader",
  boundaryShift: "boundary shift",
  dilation: "dilation",
  erosion: "erosion",
  polygon: "polygon",
  droppedRegions: "dropped regions",
  spuriousBlobs: "spurious blobs",
};

export const noiseName = ({ kind }: NoiseFamily): string => defaultNames[kind as NoiseModel["kind"]] ?? String(kind);

const number = (value: number): string => String(Number(value.toPrecision(6)));

/** "20 %", "4 px", "3 per item". */
export function levelText({ kind }: NoiseFamily, level: number): string {
  const unit = levelUnits[kind as NoiseModel["kind"]] ?? "";
  if (unit.startsWith("pixels")) return `${number(level)} px`;
  return kind === "spuriousBlobs" ? `${number(level)} per item` : `${number(level * 100)} %`;
}

/**
 * @param level above 0; a share of at most 1, pixels, or a whole number of blobs
 * @throws DomainError BAD_INPUT naming what is wrong with the kind, its fields or the level, or that the kind is not of these labels
 */
export function modelAtLevel(family: NoiseFamily, level: number, schema: RuleSchema): NoiseModel {
  const field = levelFields[family.kind as NoiseModel["kind"]];
  if (field !== undefined && field !== "matrices" && field in family) {
    const message = `model.${field}: the levels give it, got ${JSON.stringify(family[field])}; leave it out`;
    throw new DomainError("BAD_INPUT", message, { field: `model.${field}` });
  }
  const model =
    field === undefined
      ? family
      : field === "matrices"
        ? { ...family, matrices: mixed(family.matrices, level) }
        : { ...family, [field]: level };
  const rule = parseRule({ kind: "noise", seed: 0, model }, schema);
  return (rule as Extract<typeof rule, { kind: "noise" }>).model;
}

/** level × matrix + (1 - level) × identity; what is no matrix is left for `parseRule` to refuse. */
function mixed(matrices: unknown, level: number): unknown {
  if (!(level <= 1)) {
    throw new DomainError("BAD_INPUT", `level: expected a share of the matrix of at most 1, got ${level}`, {
      field: "level",
    });
  }
  if (!Array.isArray(matrices)) return matrices;
  const mixRow = (row: unknown, at: number) =>
    Array.isArray(row) ? row.map((share: number, to) => level * share + (to === at ? 1 - level : 0)) : row;
  return matrices.map((matrix) => (Array.isArray(matrix) ? matrix.map(mixRow) : matrix));
}
