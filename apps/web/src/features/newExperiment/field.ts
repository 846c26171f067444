/** @file One option of a run, as the form shows it. */
interface Base {
  readonly path: string;
  readonly label: string;
  readonly help: string;
  /** Absent: of every task. images: of the two on images; classes: of the two whose labels are classes. */
  readonly task?: "segmentation" | "classification" | "mil" | "images" | "classes";
  /** Shown only while the choice at `path` is one of these, and with what value it then starts. */
  readonly when?: { readonly path: string; readonly starts: Readonly<Record<string, unknown>> };
}

export type Field =
  | (Base & {
      readonly kind: "integer" | "number";
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
      readonly unit?: string;
    })
  | (Base & {
      readonly kind: "choice";
      readonly options: readonly { readonly value: string; readonly label: string }[];
    })
  | (Base & { readonly kind: "switch" })
  | (Base & { readonly kind: "skips" | "counts" });

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly Field[];
}
