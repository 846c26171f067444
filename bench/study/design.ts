/** @file What a study is: a question and how it is answered, written down in a file before any run. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What every study says. */
export interface StudyDesign {
  /** Of the experiment; another design needs another name. */
  readonly name: string;
  readonly question: string;
  /** Laid over the product's default configuration of its task. */
  readonly base: Readonly<Record<string, unknown>>;
  readonly seeds: readonly number[];
  /** In Dice, or AUC; declared here, before the runs. */
  readonly equivalenceMargin: number;
  /** Trainings at once, each with `threads` of the base. */
  readonly workers: number;
}

export interface ArmsDesign extends StudyDesign {
  /** The first is the reference. */
  readonly arms: readonly { readonly name: string; readonly changes: Readonly<Record<string, unknown>> }[];
}

/** A grid, as the dashboard's form "New U-Net study" has it; the first of each list is the reference. */
export interface GridDesign extends StudyDesign {
  readonly depths: readonly number[];
  readonly skips: readonly string[];
  readonly losses: readonly unknown[];
}

/** Starting weights x fractions of the training fold; the first arm is the reference, and random. */
export interface TransferDesign extends StudyDesign {
  readonly weights: {
    /** Of the weights in the product. */
    readonly name: string;
    readonly source: string;
    /** The environment variable that names the folder, and the folder where it does not. */
    readonly variable: string;
    readonly folder: string;
    /** In the folder: FILE.safetensors and FILE.graph.json. */
    readonly file: string;
  };
  /** As a configuration's startingWeights; `imported` is these weights, and needs no id. */
  readonly arms: readonly { readonly name: string; readonly startingWeights: Readonly<Record<string, unknown>> }[];
  readonly fractions: readonly number[];
}

/** Methods x training noise, scored on evaluation noise; the first method is the reference. */
export interface NoiseStudyDesign extends StudyDesign {
  readonly methods: readonly { readonly name: string; readonly changes: Readonly<Record<string, unknown>> }[];
  /** As createNoiseStudy has them. */
  readonly noises: readonly {
    readonly name: string;
    readonly model: Readonly<Record<string, unknown>>;
    readonly trainingLevels: readonly number[];
    readonly evaluationLevels: readonly number[];
  }[];
  readonly noiseSeed: number;
}

/** Poolings x witness rates, on bags composed of tiles whose own label is known; the first pooling is the reference. */
export interface WitnessStudyDesign extends StudyDesign {
  readonly poolings: readonly { readonly name: string; readonly changes: Readonly<Record<string, unknown>> }[];
  readonly rates: readonly number[];
  /** As createWitnessStudy has it. */
  readonly bags: Readonly<Record<"tiles" | "train" | "validation" | "test" | "seed", number>>;
}

/** Arms on the same folds and repeats of each of several sets of bags. */
export interface CrossValidationDesign extends Omit<ArmsDesign, "seeds"> {
  readonly sets: readonly {
    readonly name: string;
    readonly file: string;
    /** Laid over the base for this set. */
    readonly changes: Readonly<Record<string, unknown>>;
    /** By arm. */
    readonly published: Readonly<Record<string, number>>;
  }[];
  readonly folds: number;
  readonly repeats: number;
  /** Of the partitions. */
  readonly seed: number;
}

/** Of a study on Kvasir-SEG. */
export interface OnKvasir {
  /** Items, chosen by hash of the name; null: all. */
  readonly items: number | null;
}

/** `design.json` beside the bench. */
export const readDesign = <Design extends Omit<StudyDesign, "seeds">>(bench: string): Design =>
  JSON.parse(readFileSync(fileURLToPath(new URL("design.json", bench)), "utf8")) as Design;
