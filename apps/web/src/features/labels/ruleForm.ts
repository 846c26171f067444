/** @file The form of a new label version as plain values, and the rule that they are. */
import type { Schema } from "./model.ts";
import { atShare, emptyMatrix, type MatrixDraft, matricesOf } from "./noiseMatrix.ts";

export interface RuleForm {
  readonly kind: string;
  readonly reader: string;
  /** Empty: all. */
  readonly readers: readonly string[];
  readonly ties: string;
  readonly model: string;
  /** Share of labels or items, percent; null: as `rateOf` says. */
  readonly rate: number | null;
  readonly pixels: number;
  readonly chance: number;
  readonly count: number;
  readonly seed: number;
  /** Of asymmetric noise. */
  readonly matrix: MatrixDraft;
}

export const emptyForm: RuleForm = {
  kind: "majority",
  reader: "",
  readers: [],
  ties: "",
  model: "",
  rate: null,
  pixels: 3,
  chance: 30,
  count: 2,
  seed: 1,
  matrix: emptyMatrix,
};

type Choice = { readonly value: string; readonly label: string };
const isMasks = ({ task }: Pick<Schema, "task">) => task === "SEGMENTATION";

export const ruleKinds = (schema: Schema): Choice[] => [
  { value: "majority", label: "Majority of several readers" },
  isMasks(schema)
    ? { value: "staple", label: "STAPLE consensus of several readers" }
    : { value: "dawidSkene", label: "Dawid–Skene consensus of several readers" },
  { value: "singleReader", label: "A single reader" },
  { value: "adjudicated", label: "Adjudicated: one reader before a version" },
  { value: "noise", label: "Noise added to a version" },
];

export const noiseModels = (schema: Pick<Schema, "task">): Choice[] => [
  ...(isMasks(schema)
    ? [
        { value: "boundaryShift", label: "Outlines moved in or out" },
        { value: "dilation", label: "Regions grown" },
        { value: "erosion", label: "Regions shrunk" },
        { value: "droppedRegions", label: "Regions dropped" },
        { value: "spuriousBlobs", label: "Blobs added" },
        { value: "polygon", label: "Outlines drawn as polygons" },
      ]
    : [
        { value: "symmetric", label: "Symmetric: drawn anew among all classes" },
        { value: "asymmetric", label: "Asymmetric, by a matrix" },
        { value: "instanceDependent", label: "Where readers differ, from their votes" },
      ]),
  { value: "secondReader", label: "A second reader's labels" },
];

export const ties = (schema: Schema): Choice[] =>
  isMasks(schema)
    ? [
        { value: "background", label: "background" },
        { value: "foreground", label: "foreground" },
      ]
    : [
        { value: "unknown", label: schema.exclusive ? "no label" : "not known" },
        { value: "firstReader", label: "the first reader's" },
      ];

export const needsVersion = ({ kind }: RuleForm) => kind === "adjudicated" || kind === "noise";
export const needsReaders = ({ kind }: RuleForm) => kind === "majority" || kind === "staple" || kind === "dawidSkene";
export const needsReader = (form: RuleForm) =>
  form.kind === "singleReader" ||
  form.kind === "adjudicated" ||
  (form.kind === "noise" && form.model === "secondReader");

/** Of masks every item, unless some are to be another reader's; of classes one label in five, of measured noise as it was measured. */
export const rateOf = ({ rate, model, matrix }: RuleForm, schema: Schema): number =>
  rate ??
  ((isMasks(schema) && model !== "secondReader") || (model === "asymmetric" && matrix.source === "measured")
    ? 100
    : 20);

/** As the api takes it. */
export function ruleOf(form: RuleForm, schema: Schema): Record<string, unknown> {
  const readers = form.readers.length === 0 ? {} : { readers: form.readers };
  switch (form.kind) {
    case "majority":
      return { kind: "majority", ...readers, ties: form.ties || ties(schema)[0]!.value };
    case "singleReader":
      return { kind: "singleReader", reader: form.reader };
    case "adjudicated":
      return { kind: "adjudicated", adjudicator: form.reader };
    case "noise":
      return { kind: "noise", seed: form.seed, model: modelOf(form, schema) };
    default:
      return { kind: form.kind, ...readers };
  }
}

function modelOf(form: RuleForm, schema: Schema): Record<string, unknown> {
  const kind = form.model || noiseModels(schema)[0]!.value;
  const rate = rateOf(form, schema) / 100;
  if (kind === "asymmetric") return { kind, matrices: atShare(matricesOf(form.matrix, schema) ?? [], rate) };
  if (kind === "secondReader") return { kind, reader: form.reader, rate };
  if (kind === "droppedRegions") return { kind, chance: form.chance / 100, rate };
  if (kind === "spuriousBlobs") return { kind, count: form.count, radius: [form.pixels, 2 * form.pixels], rate };
  if (kind === "polygon") return { kind, tolerance: form.pixels, rate };
  if (isMasks(schema)) return { kind, pixels: form.pixels, rate };
  return { kind, rate };
}
