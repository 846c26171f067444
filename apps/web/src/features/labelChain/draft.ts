/** @file The form of a new chain as plain values, and the input of the mutation that it comes to. */
import type { CreateLabelChainInput, LabelSourcesQuery, LabelStageCountsInput, LabelStageKind } from "@/gql/graphql";

export type Sources = LabelSourcesQuery["datasets"]["edges"][number]["node"][];

export interface CountsDraft {
  readonly from: "typed" | "csv" | "stored";
  readonly source: string;
  /** [before][after], as typed; missing is 0. */
  readonly counts: readonly (readonly number[])[];
  readonly csv: string;
  readonly schemaId: string;
  readonly className: string;
  /** "version ID" or "reader NAME". */
  readonly before: string;
  readonly after: string;
  readonly bySite: boolean;
  readonly chosenByAfter: boolean;
  /** Percent of each class after, as typed: "95.3, 4.7". */
  readonly shares: string;
}

export interface StageDraft extends CountsDraft {
  readonly key: number;
  readonly kind: LabelStageKind;
}

export interface ChainDraft {
  readonly name: string;
  readonly project: string;
  readonly note: string;
  /** Separated by commas. */
  readonly classes: string;
  /** Percent, as typed; empty: as the first stage's sample has it. */
  readonly prevalence: string;
  readonly prevalenceSource: string;
  readonly stages: readonly StageDraft[];
  readonly direct: CountsDraft | null;
}

export const emptyCounts: CountsDraft = {
  from: "typed",
  source: "",
  counts: [],
  csv: "",
  schemaId: "",
  className: "",
  before: "",
  after: "",
  bySite: false,
  chosenByAfter: false,
  shares: "",
};

const kinds: readonly LabelStageKind[] = ["READER", "REPORT", "NLP", "LABEL"];

export const emptyDraft: ChainDraft = {
  name: "",
  project: "",
  note: "",
  classes: "absent, present",
  prevalence: "",
  prevalenceSource: "",
  stages: [{ ...emptyCounts, key: 0, kind: "READER" }, { ...emptyCounts, key: 1, kind: "NLP" }], // biome-ignore format: one line
  direct: null,
};

export const classesOf = ({ classes }: ChainDraft): string[] =>
  classes.split(",").map((name) => name.trim()).filter((name) => name !== ""); // biome-ignore format: one line

/** The next stage is the next kind on the way. */
export function withStage(draft: ChainDraft): ChainDraft {
  const last = draft.stages.at(-1);
  const kind = kinds[Math.min(kinds.length - 1, last ? kinds.indexOf(last.kind) + 1 : 0)]!;
  const key = 1 + Math.max(-1, ...draft.stages.map((stage) => stage.key));
  return { ...draft, stages: [...draft.stages, { ...emptyCounts, key, kind }] };
}

/** "95, 5" as shares; null: nothing typed. What is no number becomes NaN, which the API refuses by its field. */
export function sharesOf(text: string): number[] | null {
  if (text.trim() === "") return null;
  return text.split(/[,;%\s]+/).filter((part) => part !== "").map((part) => Number((Number(part) / 100).toPrecision(12))); // biome-ignore format: one line
}

const sideOf = (text: string) =>
  text.startsWith("version ") ? { labelVersionId: text.slice(8) } : { reader: text.slice(7) };

function countsInput(draft: CountsDraft, classes: readonly string[]): LabelStageCountsInput {
  const chosen = {
    source: draft.source.trim(),
    chosenBy: draft.chosenByAfter ? ("AFTER" as const) : ("BEFORE" as const),
    shares: draft.chosenByAfter ? sharesOf(draft.shares) : null,
  };
  if (draft.from === "csv") return { ...chosen, csv: draft.csv };
  if (draft.from === "stored") {
    const { schemaId, className, before, after, bySite } = draft;
    const versions = { schemaId, className: className || null, before: sideOf(before), after: sideOf(after), bySite };
    return { ...chosen, versions };
  }
  const counts = classes.map((_, i) => classes.map((__, j) => draft.counts[i]?.[j] ?? 0));
  return { ...chosen, samples: [{ set: "", counts }] };
}

export function inputOf(draft: ChainDraft): CreateLabelChainInput {
  const classes = classesOf(draft);
  return {
    projectName: draft.project.trim(),
    name: draft.name.trim(),
    note: draft.note.trim(),
    classes,
    prevalence: sharesOf(draft.prevalence),
    prevalenceSource: draft.prevalenceSource.trim(),
    stages: draft.stages.map(({ kind, ...counts }) => ({ kind, counts: countsInput(counts, classes) })),
    direct: draft.direct && countsInput(draft.direct, classes),
  };
}

export interface SchemaChoice {
  readonly id: string;
  readonly name: string;
  readonly classes: readonly string[];
  readonly exclusive: boolean;
  /** What may stand before or after: value and name. */
  readonly sides: readonly { readonly value: string; readonly label: string }[];
}

/** Label schemas of classification with two sides or more, as "dataset: classes". */
export function schemaChoices(datasets: Sources): SchemaChoice[] {
  return datasets.flatMap(({ name, readers, labelVersions }) => {
    const schemas = new Map(labelVersions.map(({ schema }) => [schema.id, schema]));
    return [...schemas.values()].flatMap(({ id, task, classes, exclusive }) => {
      if (task !== "CLASSIFICATION") return [];
      const versions = labelVersions.filter(({ schema }) => schema.id === id).map((each) => ({ value: `version ${each.id}`, label: `version ${each.number} · ${each.rule}` })); // biome-ignore format: one line
      const people = readers.filter(({ schemaId }) => schemaId === id).map((each) => ({ value: `reader ${each.name}`, label: `reader ${each.name}` })); // biome-ignore format: one line
      const sides = [...versions, ...people];
      const shown = `${name}: ${classes.slice(0, 3).join(", ")}${classes.length > 3 ? ", …" : ""}`;
      return sides.length < 2 ? [] : [{ id, name: shown, classes, exclusive: exclusive === true, sides }];
    });
  });
}
