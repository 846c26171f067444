/**
 * @file A label-noise chain: what each step between an image and its label makes of a class (board 22).
 *
 * Before and after: a step is given a class (by the image, the reader, the report, the NLP) and passes one on. Every step speaks of the
 * same classes, in the same order.
 */

/** In the order of the way: image → reader → report → NLP → label. A step may be left out, or stand for several. */
export const stageKinds = ["reader", "report", "nlp", "label"] as const;
export type StageKind = (typeof stageKinds)[number];

/** [class before][class after] items. */
export type CountMatrix = readonly (readonly number[])[];

/** What an item was chosen for a sample by. Random samples are either. */
export const choices = ["before", "after"] as const;
export type ChosenBy = (typeof choices)[number];

export interface StageSample {
  /** The site or set that its items are of; "" where there is one sample. */
  readonly set: string;
  readonly counts: CountMatrix;
  /**
   * "before": at random within each class before, so that the shares of each row are true of all items. "after": within each class after,
   * so that those of each column are; then `shares` says how common each class after is.
   */
  readonly chosenBy: ChosenBy;
  /** Of each class after, among all items; null where chosen by the class before. */
  readonly shares: readonly number[] | null;
  /**
   * Of each row, or column where chosen by the class after: how many times the variance is what independent items would have, as images of
   * one patient are alike. Null: all 1.
   */
  readonly designEffects: readonly number[] | null;
}

/** What both sides of a stage were read from: a label version, or all that a reader said. */
export type LabelSide = { readonly labelVersionId: string } | { readonly reader: string };

export interface StageOrigin {
  readonly datasetId: string;
  readonly schemaId: string;
  /** Of classes that are not exclusive: which one; null of exclusive ones. */
  readonly className: string | null;
  readonly before: LabelSide;
  readonly after: LabelSide;
}

export interface StageCounts {
  /** Where the counts are from, in words: a study, or two versions. */
  readonly source: string;
  /** One, or one for each site or set. */
  readonly samples: readonly StageSample[];
  /** Null: the counts were given. */
  readonly origin: StageOrigin | null;
}

export interface ChainStage extends StageCounts {
  readonly kind: StageKind;
}

export interface LabelChain {
  readonly classes: readonly string[];
  /** Of each class among all images; null: as the first stage's sample has it. */
  readonly prevalence: readonly number[] | null;
  readonly prevalenceSource: string;
  readonly stages: readonly ChainStage[];
  /** From the image to the label at once: what the composed chain is held against. */
  readonly direct: StageCounts | null;
}

export const chainLimits = { classes: 12, stages: 8, sets: 20, items: 100_000_000, designEffect: 1000 } as const;

/** The name of a stage in its chain: its kind, numbered where there are several of one. */
export function stageNames(stages: readonly { readonly kind: StageKind }[]): string[] {
  const total = (kind: StageKind) => stages.filter((each) => each.kind === kind).length;
  return stages.map(({ kind }, at) => {
    const words = stageWords[kind];
    return total(kind) === 1 ? words : `${words} ${total(kind) - stages.slice(at).filter((each) => each.kind === kind).length + 1}`; // biome-ignore format: one line
  });
}

export const stageWords: Readonly<Record<StageKind, string>> = {
  reader: "reader",
  report: "report",
  nlp: "NLP",
  label: "label",
};
