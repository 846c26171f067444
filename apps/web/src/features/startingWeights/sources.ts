/** @file The earlier runs and imported weights that a run may start from, as a list to choose from. */
import type { NewExperimentFormQuery } from "@/gql/graphql";
import { count } from "@/lib/format";
import type { Configuration } from "../newExperiment/draft.ts";
import { valueText } from "../newExperiment/fieldText.ts";
import { misfit, modelOf } from "./fit.ts";
import { type Part, type StartingWeights, sourceId, sourceOf, type WeightsSource } from "./startingWeights.ts";

export interface Source {
  readonly kind: WeightsSource["kind"];
  readonly id: string;
  /** Short, for an arm's name. */
  readonly name: string;
  readonly label: string;
  readonly model: Readonly<Record<string, unknown>>;
  readonly classes: number | undefined;
}

type Run = NewExperimentFormQuery["runs"]["edges"][number]["node"];
type Imported = NewExperimentFormQuery["weights"][number];

/** Runs that have, or will have, a best checkpoint; then imported weights. Newest first. */
export function sourcesOf(data: Pick<NewExperimentFormQuery, "runs" | "weights">): Source[] {
  const runs = data.runs.edges.map(({ node }) => node).filter(canStart);
  return [...runs.map(fromRun), ...data.weights.map(fromImport)];
}

const canStart = (run: Run) => run.source === "TESSERA" && run.state !== "FAILED" && run.state !== "CANCELLED";

const fromRun = (run: Run): Source => ({
  kind: "run",
  id: run.id,
  name: `${run.arm.replaceAll(" · ", ", ")}, seed ${run.seed}`,
  label: `${run.experiment?.name ?? run.name} · ${run.arm}, seed ${run.seed}${run.state === "SUCCEEDED" ? "" : " (not finished: the arm waits for it)"}`,
  model: modelOf(run.configuration as Configuration),
  classes: run.labelVersion?.schema.classes.length,
});

const fromImport = ({ id, name, family, alpha, classes }: Imported): Source => ({
  kind: "imported",
  id,
  name: name.replaceAll(" · ", ", "),
  label: `${name} · ${importedText({ family, alpha, classes })}`,
  model: { family, alpha },
  classes,
});

/** "MobileNetV1, α 0.25, 1,000 classes" */
export const importedText = ({ family, alpha, classes }: Pick<Imported, "family" | "alpha" | "classes">): string =>
  `${valueText("model.family", family)}, α ${alpha}, ${count(classes)} ${classes === 1 ? "class" : "classes"}`;

export interface Target {
  readonly model: Readonly<Record<string, unknown>>;
  readonly classes: number;
}

export interface Choice extends Source {
  /** Why it does not fit; null: it does. */
  readonly why: string | null;
}

/** Of one kind: those that fit first, the others with the reason. */
export function choicesOf(
  sources: readonly Source[],
  kind: WeightsSource["kind"],
  target: Target,
  part: Part["part"],
): Choice[] {
  const all = sources
    .filter((source) => source.kind === kind)
    .map((source) => ({ ...source, why: misfit(source, target, part) }));
  return [...all.filter(({ why }) => why === null), ...all.filter(({ why }) => why !== null)];
}

/** What is wrong with a choice of weights beside a model, in words after "Weights: "; null: nothing. */
export function weightsProblem(value: StartingWeights, sources: readonly Source[], target: Target): string | null {
  const chosen = sourceOf(value);
  if (chosen === null || value.kind === "random") return null;
  const id = sourceId(chosen);
  if (id === "") return chosen.kind === "run" ? "choose an earlier run" : "choose imported weights";
  const source = sources.find((each) => each.kind === chosen.kind && each.id === id);
  const why = source ? misfit(source, target, value.part) : null;
  return why && `these do not fit the model: ${why}`;
}
