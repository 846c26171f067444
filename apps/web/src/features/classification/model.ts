/** @file Scores of one classification run on one fold, as the dashboard draws them. */
type Maybe = number | null | undefined;

export interface RocPoint {
  /** Items with this probability or more are called present; null: none is. */
  readonly threshold?: Maybe;
  readonly falsePositiveRate: number;
  readonly sensitivity: number;
}

export interface OperatingPoint {
  readonly threshold?: Maybe;
  readonly sensitivity: number;
  readonly specificity: number;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly confidence?: Maybe;
  readonly share?: Maybe;
}

export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  readonly error?: Maybe;
  readonly n: number;
}

/** Rows: truth; columns: prediction; in the order of the classes. */
export type Confusion = readonly (readonly number[])[];

export interface ClassScores {
  readonly name: string;
  /** Items of which the class is known, and of which it is present. */
  readonly n: number;
  readonly positives: number;
  readonly auc?: Maybe;
  /** Over items: these runs only. */
  readonly aucLow?: Maybe;
  readonly aucHigh?: Maybe;
  readonly averagePrecision?: Maybe;
  readonly averagePrecisionLow?: Maybe;
  readonly averagePrecisionHigh?: Maybe;
  readonly atSpecificity?: OperatingPoint | null;
  readonly roc?: readonly RocPoint[] | null;
  readonly calibration: Calibration;
  /** [absent, present] by [absent, present]; called present above 0.5. */
  readonly confusion: Confusion;
}

export interface ClassificationScores {
  readonly n: number;
  readonly unknownItems: number;
  /** Of "sensitivity at specificity". */
  readonly specificity: number;
  /** Names of all classes of the schema. */
  readonly classNames: readonly string[];
  /** Those that are scored: of two exclusive classes the second alone. */
  readonly classes: readonly ClassScores[];
  /** Of exclusive classes. */
  readonly confusion?: Confusion | null;
  /** Null where each class has its own. */
  readonly calibration?: Calibration | null;
}

/** Its confusion: that of all classes where they exclude each other, else of the class that is shown. */
export const shownConfusion = (
  { confusion, classNames }: ClassificationScores,
  shown: ClassScores,
): { readonly names: readonly string[]; readonly counts: Confusion } =>
  confusion ? { names: classNames, counts: confusion } : { names: ["absent", "present"], counts: shown.confusion };
