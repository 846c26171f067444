/** @file How label noise is made: models of classes and of masks, all seeded. What each does is beside it in this folder. */

/** Of classes. `rate`: the share of labels that are drawn anew; some are drawn as they were (effectiveRate.ts). */
export type ClassNoise =
  | { readonly kind: "symmetric"; readonly rate: number }
  | {
      readonly kind: "asymmetric";
      /**
       * Chances, rows sum to 1. Of exclusive classes one matrix [true class][label]; else one per class,
       * [absent, present][absent, present].
       */
      readonly matrices: readonly (readonly (readonly number[])[])[];
    }
  | {
      /** Items on which readers differ are corrupted more often, and to what those readers said. */
      readonly kind: "instanceDependent";
      readonly rate: number;
    };

/** Of masks. `rate`: the share of items that are corrupted. Pixels are of the item's own size. */
export type MaskNoise =
  /** Every region grown or shrunk by so many pixels, which of the two is drawn for each item. */
  | { readonly kind: "boundaryShift"; readonly pixels: number; readonly rate: number }
  | { readonly kind: "dilation"; readonly pixels: number; readonly rate: number }
  | { readonly kind: "erosion"; readonly pixels: number; readonly rate: number }
  /** Each piece is left out with this chance. */
  | { readonly kind: "droppedRegions"; readonly chance: number; readonly rate: number }
  /** So many blobs per item, with axes of `radius` pixels, outside every region of its class. */
  | {
      readonly kind: "spuriousBlobs";
      readonly count: number;
      readonly radius: readonly [number, number];
      readonly rate: number;
    }
  /** Outlines become polygons that keep within `tolerance` pixels. */
  | { readonly kind: "polygon"; readonly tolerance: number; readonly rate: number };

/** Of both: the label of another reader in place of the version's. */
export interface SecondReaderNoise {
  readonly kind: "secondReader";
  readonly reader: string;
  readonly rate: number;
}

export type NoiseModel = ClassNoise | MaskNoise | SecondReaderNoise;

export const classNoiseKinds = ["symmetric", "asymmetric", "instanceDependent"] as const;
export const maskNoiseKinds = [
  "boundaryShift",
  "dilation",
  "erosion",
  "droppedRegions",
  "spuriousBlobs",
  "polygon",
] as const;

export const isMaskNoise = (model: NoiseModel): model is MaskNoise =>
  (maskNoiseKinds as readonly string[]).includes(model.kind);
