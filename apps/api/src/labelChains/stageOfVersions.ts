/** @file A stage's counts from what is stored: two label versions or readers of one label schema, on the items that both label. */
import { designEffects } from "@tessera/analysis/labelChain/designEffects";
import { DomainError } from "@tessera/domain/errors";
import type { LabelSide, StageCounts } from "@tessera/domain/labelChain/chain";
import {
  type CountedPair,
  countedPairs,
  countMatrix,
  notPresent,
  present,
} from "@tessera/domain/labelChain/countLabels";
import { subjectsAndSites } from "@tessera/store/items";
import type { LabelSchema } from "@tessera/store/labelSchemas";
import { labelsOfVersion, type Opinion, opinionsOf } from "@tessera/store/opinions";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { LabelSideInput, LabelStageCountsInput, LabelStageOfVersionsInput } from "./createLabelChain.input.ts";

type Choice = Pick<LabelStageCountsInput, "source" | "chosenBy" | "shares">;

/** The classes that a chain of these labels has. @throws DomainError BAD_INPUT, NOT_FOUND */
export async function classesOfVersions(
  { loaders }: Context,
  input: LabelStageOfVersionsInput,
): Promise<readonly string[]> {
  const schema = found(await loaders.schema.load(input.schemaId), "label schema", input.schemaId);
  return chainClasses(schema, input).classes;
}

/** @throws DomainError BAD_INPUT where a side is of another schema, or no item has both; NOT_FOUND */
export async function stageOfVersions(
  context: Context,
  input: LabelStageOfVersionsInput,
  { source, chosenBy, shares }: Choice,
): Promise<StageCounts> {
  const { loaders, asTeam, teamId } = context;
  const schema = found(await loaders.schema.load(input.schemaId), "label schema", input.schemaId);
  const { classes, classIndex } = chainClasses(schema, input);
  const [before, after] = [await sideOf(context, schema, input.before, "before"), await sideOf(context, schema, input.after, "after")]; // biome-ignore format: one line
  const [labelsBefore, labelsAfter, items] = await asTeam(async (sql) => {
    const read = ({ side }: Side) => "reader" in side ? opinionsOf(sql, teamId, { schemaId: schema.id, readers: [side.reader] }) : labelsOfVersion(sql, teamId, side.labelVersionId); // biome-ignore format: one line
    return [await read(before), await read(after), await subjectsAndSites(sql, teamId, schema.datasetId)] as const;
  });
  const pairs = countedPairs(pairsOf(labelsBefore, labelsAfter, items), { classIndex, bySite: input.bySite === true });
  if (pairs.length === 0) {
    const message = `after: no item has both ${before.text} and ${after.text}; choose two that label the same items`;
    throw new DomainError("BAD_INPUT", message, { field: "after" });
  }
  const samples = [...Map.groupBy(pairs, ({ set }) => set)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([set, own]) => ({
      set,
      counts: countMatrix(own, classes.length),
      chosenBy: chosenBy ?? "before",
      shares: shares ?? null,
      designEffects: designEffects(
        own.map((pair) => givenAndCalled(pair, chosenBy ?? "before")),
        classes.length,
      ),
    }));
  const origin = { datasetId: schema.datasetId, schemaId: schema.id, className: input.className ?? null, before: before.side, after: after.side }; // biome-ignore format: one line
  return { source: source?.trim() || `${after.text} against ${before.text}, items with both`, samples, origin };
}

const givenAndCalled = ({ subject, before, after }: CountedPair, chosenBy: string) =>
  chosenBy === "before" ? { subject, given: before, called: after } : { subject, given: after, called: before };

function chainClasses(schema: LabelSchema, { className }: LabelStageOfVersionsInput) {
  if (schema.task !== "classification") {
    throw new DomainError("BAD_INPUT", "schemaId: expected labels of classification, got masks; a chain is of classes", { field: "schemaId" }); // biome-ignore format: one line
  }
  if (schema.exclusive === true) {
    if (className != null) throw new DomainError("BAD_INPUT", "className: expected nothing, as every item has exactly one class; leave it out", { field: "className" }); // biome-ignore format: one line
    return { classes: schema.classes, classIndex: null };
  }
  const classIndex = schema.classes.indexOf(className ?? "");
  if (classIndex >= 0) return { classes: [notPresent, present], classIndex };
  throw new DomainError("BAD_INPUT", `className: expected one of ${schema.classes.join(", ")}, got ${JSON.stringify(className ?? null)}`, { field: "className" }); // biome-ignore format: one line
}

interface Side {
  readonly side: LabelSide;
  /** For a reader. */
  readonly text: string;
}

async function sideOf(
  { loaders }: Context,
  schema: LabelSchema,
  { labelVersionId, reader }: LabelSideInput,
  field: string,
): Promise<Side> {
  if ((labelVersionId == null) === (reader == null)) {
    throw new DomainError("BAD_INPUT", `${field}: expected a label version or a reader, got ${labelVersionId == null ? "neither" : "both"}`, { field }); // biome-ignore format: one line
  }
  if (labelVersionId == null) return { side: { reader: reader! }, text: `reader ${reader}` };
  const version = found(await loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
  if (version.schemaId === schema.id) return { side: { labelVersionId }, text: `label version ${version.number}` };
  throw new DomainError("BAD_INPUT", `${field}: label version ${version.number} has other classes than schemaId; choose one of that schema`, { field }); // biome-ignore format: one line
}

function pairsOf(
  before: readonly Opinion[],
  after: readonly Opinion[],
  items: readonly { id: string; subject: string; site: string | null }[],
) {
  const of = new Map(items.map((item) => [item.id, item]));
  const known = new Map(after.map((label) => [label.itemId, label.classValues]));
  return before.flatMap(({ itemId, classValues }) => {
    const other = known.get(itemId);
    return classValues && other ? { ...of.get(itemId)!, before: classValues, after: other } : [];
  });
}
