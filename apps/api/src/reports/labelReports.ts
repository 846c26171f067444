/** @file From a table of reports to annotations by a program, and the texts kept beside the items. */
import { DomainError } from "@tessera/domain/errors";
import { findingNames, findingOfClass } from "@tessera/domain/reports/findings";
import { labellerVersion, labelReport } from "@tessera/domain/reports/labelReport";
import type { LabelledFinding } from "@tessera/domain/reports/report";
import { parseReportTable, type ReportRow } from "@tessera/domain/reports/reportTable";
import { reportValues } from "@tessera/domain/reports/reportValues";
import { insertAnnotations } from "@tessera/store/annotations";
import { blobsBySha } from "@tessera/store/blobs";
import { itemsByNames } from "@tessera/store/items";
import { ensureSchema, type LabelSchema } from "@tessera/store/labelSchemas";
import { insertReportSet, type ReportSet } from "@tessera/store/reports";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { LabelReportsInput } from "./labelReports.input.ts";

const mostBytes = 50_000_000;

/**
 * All or nothing. @throws DomainError NOT_FOUND; BAD_FILE for a table that cannot be read; BAD_INPUT for a file that was not uploaded, names that the
 * dataset does not have, or a schema without a class that the labeller knows
 */
export async function labelReports(context: Context, input: LabelReportsInput): Promise<ReportSet> {
  const { asTeam, teamId, loaders, services, principal } = context;
  const { datasetId, sha256, uncertain, notMentioned } = input;
  found(await loaders.dataset.load(datasetId), "dataset", datasetId);
  const reader = input.reader.trim();
  if (reader === "") throw new DomainError("BAD_INPUT", "reader: expected a name, got none", { field: "reader" });
  const given = input.schemaId ? await givenSchema(context, datasetId, input.schemaId) : null;
  const rows = parseReportTable(await tableText(context, sha256));
  const itemIds = await itemsNamed(context, datasetId, rows);
  const read = await patiently(rows, ({ report }) => labelReport(report));
  const rules = { uncertain, notMentioned };
  return asTeam(async (sql) => {
    const kind = { task: "classification", classes: findingNames, exclusive: false } as const;
    const schema = given ?? (await ensureSchema(sql, teamId, { datasetId, ...kind }));
    const annotations = itemIds.flatMap((itemId, at) => {
      const classValues = reportValues(read[at]!, schema.classes, rules);
      if (classValues.every((value) => value === null)) return [];
      const plain = { maskSha256: null, regionPixels: [], components: [], boxes: null };
      return [{ itemId, schemaId: schema.id, reader, readerKind: "program" as const, classValues, ...plain }];
    });
    if (annotations.length > 0) await insertAnnotations(sql, teamId, annotations);
    return insertReportSet(sql, teamId, {
      ...{ datasetId, schemaId: schema.id, reader, fileSha256: sha256, rules, labeller: labellerVersion },
      labelled: annotations.length,
      createdBy: principal.userId,
      reports: rows.map(({ report }, at) => ({
        itemId: itemIds[at]!,
        report,
        findings: read[at]!.filter(isMentioned),
      })),
    });
  });

  async function tableText({ asTeam: inTeam }: Context, sha: string): Promise<string> {
    const [blob] = await inTeam((sql) => blobsBySha(sql, teamId, [sha]));
    if (!blob) throw new DomainError("BAD_INPUT", "sha256: no such file in this team; PUT the table to /files/<sha256> first", { field: "sha256" }); // biome-ignore format: one line
    if (blob.size > mostBytes) throw new DomainError("TOO_LARGE", `The table of reports: expected at most ${mostBytes} bytes, got ${blob.size}`); // biome-ignore format: one line
    return new TextDecoder().decode(await services.objects.read(teamId, sha));
  }
}

async function givenSchema({ loaders }: Context, datasetId: string, schemaId: string): Promise<LabelSchema> {
  const row = await loaders.schema.load(schemaId);
  const schema = found(row?.datasetId === datasetId ? row : null, "label schema of this dataset", schemaId);
  if (schema.task !== "classification" || schema.exclusive) {
    throw new DomainError("BAD_INPUT", "schemaId: expected classes that do not exclude each other, as a film may show several findings; choose another, or none", { field: "schemaId" }); // biome-ignore format: one line
  }
  if (schema.classes.every((name) => findingOfClass(name) === null)) {
    throw new DomainError("BAD_INPUT", `schemaId: none of its classes is a finding that reports are read for: ${findingNames.join(", ")}`, { field: "schemaId" }); // biome-ignore format: one line
  }
  return schema;
}

async function itemsNamed(
  { asTeam, teamId }: Context,
  datasetId: string,
  rows: readonly ReportRow[],
): Promise<string[]> {
  const items = await asTeam((sql) => itemsByNames(sql, teamId, datasetId, rows.map(({ item }) => item))); // biome-ignore format: one line
  const missing = rows.filter((_, at) => !items[at]).map(({ item }) => item);
  if (missing.length > 0) {
    const message = `The table of reports: ${missing.length} of ${rows.length} items are not in this dataset: ${missing.slice(0, 5).join(", ")}; names must be those of the items`;
    throw new DomainError("BAD_INPUT", message, { field: "sha256", missing: missing.slice(0, 100) });
  }
  return items.map((item) => item!.id);
}

const isMentioned = ({ verdict, evidence }: LabelledFinding) => verdict !== "notMentioned" || evidence.length > 0;

/** Lets others in every so often: thousands of reports take seconds. */
async function patiently<From, To>(all: readonly From[], work: (each: From) => To): Promise<To[]> {
  const done: To[] = [];
  let letIn = performance.now();
  for (const each of all) {
    done.push(work(each));
    if (performance.now() - letIn < 20) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    letIn = performance.now();
  }
  return done;
}
