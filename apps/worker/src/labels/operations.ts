/** @file What a measuring child does for label versions, by name. */
import type { ClassOpinions } from "@tessera/analysis/agreement/opinions";
import { type ClassConsensus, dawidSkeneConsensus, majority } from "@tessera/analysis/consensus/classConsensus";
import { majorityMask, stapleMask } from "@tessera/analysis/consensus/maskConsensus";
import { maskPairFacts } from "@tessera/analysis/segmentation/maskPair";
import { ofClass } from "@tessera/domain/classMask";
import type { LabelRule } from "@tessera/domain/labels/rule";
import type { MaskPairFacts } from "@tessera/domain/maskPairs";
import { addClassNoise, type LabelledItem, type NoisyLabels } from "@tessera/domain/noise/classNoise";
import { addMaskNoise } from "@tessera/domain/noise/maskNoise";
import type { ClassNoise, MaskNoise } from "@tessera/domain/noise/models";

type RuleOf<Kind extends LabelRule["kind"]> = Extract<LabelRule, { kind: Kind }>;

interface MaskSize {
  readonly width: number;
  readonly height: number;
  readonly classes: number;
}

export interface ClassConsensusTask {
  readonly opinions: ClassOpinions;
  readonly rule: RuleOf<"majority" | "dawidSkene">;
}

export interface ClassNoiseTask {
  readonly items: readonly LabelledItem[];
  readonly model: ClassNoise;
  readonly seed: number;
  readonly classes: number;
  readonly exclusive: boolean;
}

export interface MaskConsensusTask extends MaskSize {
  /** One per reader: [height*width] class index + 1, or 0. */
  readonly masks: readonly Uint8Array[];
  readonly rule: RuleOf<"majority" | "staple">;
}

export interface MaskNoiseTask extends MaskSize {
  readonly indices: Uint8Array;
  readonly model: MaskNoise;
  readonly seed: number;
  readonly key: string;
}

export interface ComparedMasks extends MaskSize {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Per class. */
export type ClassFacts = readonly (MaskPairFacts & { readonly classIndex: number })[];

const factsOf = ({ a, b, width, height, classes }: ComparedMasks): ClassFacts =>
  Array.from({ length: classes }, (_, classIndex) => ({
    classIndex,
    ...maskPairFacts(ofClass(a, classIndex), ofClass(b, classIndex), width, height),
  }));

export const labelOperations = {
  classConsensus: ({ opinions, rule }: ClassConsensusTask): ClassConsensus =>
    rule.kind === "majority"
      ? majority(opinions, rule.ties === "firstReader" ? "firstReader" : "unknown")
      : dawidSkeneConsensus(opinions, rule),

  classNoise: ({ items, model, seed, classes, exclusive }: ClassNoiseTask): NoisyLabels =>
    addClassNoise(items, model, seed, { classes, exclusive }),

  /** With each reader's mask against the consensus. */
  maskConsensus: ({
    masks,
    rule,
    ...size
  }: MaskConsensusTask): { indices: Uint8Array; facts: readonly ClassFacts[] } => {
    const { indices } =
      rule.kind === "majority"
        ? majorityMask(masks, size.classes, rule.ties === "foreground" ? "foreground" : "background")
        : stapleMask(masks, size.classes, rule.threshold);
    return { indices, facts: masks.map((mask) => factsOf({ a: mask, b: indices, ...size })) };
  },

  /** With the mask that it was against the one that it is. */
  maskNoise: ({ indices, model, seed, key, ...size }: MaskNoiseTask): { indices: Uint8Array; facts: ClassFacts } => {
    const noisy = addMaskNoise({ indices, ...size }, model, seed, key);
    return { indices: noisy, facts: factsOf({ a: indices, b: noisy, ...size }) };
  },

  compareMasks: factsOf,
};
