/** @file From the input of createLabelVersion to what a worker is asked for; refuses with the field's name before anything is queued. */
import { DomainError } from "@tessera/domain/errors";
import { parseRule } from "@tessera/domain/labels/parseRule";
import type { LabelRequest } from "@tessera/domain/labels/request";
import { type LabelRule, needsSource } from "@tessera/domain/labels/rule";
import { readersOf } from "@tessera/store/opinions";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { CreateLabelVersionInput } from "./createLabelVersion.input.ts";

export interface PlannedVersion {
  readonly datasetId: string;
  readonly schemaId: string;
  readonly request: LabelRequest;
}

export async function plannedVersion(context: Context, input: CreateLabelVersionInput): Promise<PlannedVersion> {
  const { loaders, asTeam, teamId } = context;
  const { datasetId, fromVersionId = null } = input;
  found(await loaders.dataset.load(datasetId), "dataset", datasetId);
  const from =
    fromVersionId === null
      ? null
      : found(await loaders.labelVersion.load(fromVersionId), "label version", fromVersionId);
  if (from !== null && from.datasetId !== datasetId) {
    throw bad("fromVersionId", "this label version is of another dataset; choose one of this dataset");
  }
  const newest = (await loaders.labelVersionsOfDataset.load(datasetId))[0];
  const schemaId = input.schemaId ?? from?.schemaId ?? newest?.schemaId;
  if (!schemaId) throw bad("schemaId", "the dataset has no labels yet; import some first");
  const schema = found(await loaders.schema.load(schemaId), "label schema", schemaId);
  if (schema.datasetId !== datasetId || (from !== null && from.schemaId !== schemaId)) {
    throw bad("schemaId", "the labels must be of the dataset, and of the schema of fromVersionId; leave schemaId out");
  }
  const rule = parseRule(input.rule, schema);
  if (needsSource(rule) !== (from !== null)) {
    const wanted = needsSource(rule) ? "the version that the rule begins with; give one" : "none, for this rule reads annotations alone; leave it out"; // biome-ignore format: one line
    throw bad("fromVersionId", `expected ${wanted}`);
  }
  const readers = (await asTeam((sql) => readersOf(sql, teamId, datasetId))).filter(
    (each) => each.schemaId === schemaId,
  );
  const names = readers.map(({ name }) => name);
  const unknown = readersIn(rule).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw bad(
      "rule",
      `no reader ${unknown.join(", ")} has an opinion of these classes; there are ${names.join(", ") || "none"}`,
    );
  }
  return { datasetId, schemaId, request: { kind: "makeVersion", rule, fromVersionId, note: input.note } };
}

function readersIn(rule: LabelRule): readonly string[] {
  if (rule.kind === "singleReader") return [rule.reader];
  if (rule.kind === "adjudicated") return [rule.adjudicator];
  if (rule.kind === "noise") return rule.model.kind === "secondReader" ? [rule.model.reader] : [];
  return rule.readers ?? [];
}

const bad = (field: string, message: string) => new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
