/** @file What the label-error screen reads, and its words. */
import type { LabelErrorsQuery, LabelScore } from "@/gql/graphql";
import { percent, plural } from "@/lib/format";

export type Errors = NonNullable<NonNullable<LabelErrorsQuery["experiment"]>["labelErrors"]>;
export type Suspect = Errors["suspects"]["edges"][number]["node"];
export type Question = Errors["questions"][number];
export type Planted = NonNullable<Errors["planted"]>;
export type Schema = Errors["labelVersion"]["schema"];

export const classScores: readonly { readonly value: LabelScore; readonly label: string }[] = [
  { value: "SELF_CONFIDENCE", label: "Probability of the given class" },
  { value: "NORMALISED_MARGIN", label: "Margin to the next class" },
];
export const maskScores: readonly { readonly value: LabelScore; readonly label: string }[] = [
  { value: "MASK_QUALITY", label: "Softmin × √soft Dice" },
  { value: "SOFTMIN", label: "Least trusted pixels (softmin)" },
  { value: "SOFT_DICE", label: "Soft Dice" },
  { value: "DICE", label: "Dice with the prediction" },
];

/** Names of the values that a question's matrices are of. @param classIndex null: exclusive classes */
export const valueNames = ({ classes }: Pick<Schema, "classes">, classIndex: number | null | undefined): string[] =>
  classIndex === null || classIndex === undefined
    ? [...classes]
    : [`no ${classes[classIndex] ?? "class"}`, classes[classIndex] ?? "class"];

/** "given normal, suggested pneumonia at 93 %", and where they are alike "given normal, as the model says". */
export function suspectText(
  {
    classIndex,
    given,
    suggested,
    suggestedProbability,
  }: Pick<Suspect, "classIndex" | "given" | "suggested" | "suggestedProbability">,
  schema: Pick<Schema, "classes">,
): { readonly given: string; readonly suggested: string } | null {
  if (given === null || given === undefined || suggested === null || suggested === undefined) return null;
  const names = valueNames(schema, classIndex);
  return {
    given: names[given] ?? "",
    suggested: given === suggested ? "the model agrees" : `${names[suggested]} at ${percent(suggestedProbability, 0)}`,
  };
}

/** What the review queue is told of the suspects shown, the most suspect first; an item once, by its worst label. Nobody can look at a bag. */
export function reviewItems({ suspects, labelVersion }: Errors) {
  const byItem = new Map<string, { itemId: string; priority: number; note: string }>();
  for (const { node } of suspects.edges) {
    const { id, kind } = node.item;
    if (kind !== "IMAGE" || byItem.has(id)) continue;
    const said = suspectText(node, labelVersion.schema);
    const what = said ? `given ${said.given}; ${said.suggested}` : `mask with a quality of ${node.quality.toFixed(3)}`;
    byItem.set(id, {
      itemId: id,
      priority: 1 - node.quality,
      note: `label version ${labelVersion.number}, place ${node.place} of the suspects: ${what}`,
    });
  }
  return [...byItem.values()];
}

/** What is estimated of all labels, in a sentence. */
export function estimateText(questions: readonly Question[]): string {
  const total = (of: (question: Question) => number) => questions.reduce((sum, each) => sum + of(each), 0);
  const [labels, estimated, issues] = [total(({ items }) => items), total((each) => each.estimatedErrors), total((each) => each.issues)]; // biome-ignore format: one line
  return `Of ${plural(labels, "label")} about ${Math.round(estimated)} are estimated to be wrong (${percent(labels === 0 ? 0 : estimated / labels)}); ${issues} are held to be.`;
}

/** A filter's choices: the classes that a row can be of. */
export const classChoices = ({ classes }: Pick<Schema, "classes">) => [
  { value: "", label: "all classes" },
  ...classes.map((label, index) => ({ value: String(index), label })),
];
