import { auditFinding } from "@tessera/analysis/reports/audit";
import { DomainError } from "@tessera/domain/errors";
import { findingOfClass } from "@tessera/domain/reports/findings";
import type { Verdict } from "@tessera/domain/reports/report";
import type { Dataset as DatasetRow } from "@tessera/store/datasets";
import { labelsForItems } from "@tessera/store/labelVersions";
import { decodeCursor, pageOf } from "@tessera/store/page";
import { type Report, reportsOf, type ReportSet as SetRow } from "@tessera/store/reports";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { fileUrl } from "../graphql/fileUrl.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { Item } from "../items/item.type.ts";
import { LabelSchema } from "../labelVersions/labelSchema.type.ts";
import { LabelReportsInput } from "./labelReports.input.ts";
import { labelReports } from "./labelReports.ts";
import {
  FindingAudit,
  ReadReport,
  ReadReportConnection,
  ReportFinding,
  ReportSet,
  VerdictEnum,
} from "./reportSet.type.ts";

type Row = Report & { readonly classes: readonly string[]; readonly hand: readonly (0 | 1 | null)[] | null };

@Resolver(() => ReportSet)
export class ReportSetResolver {
  @Needs("viewer")
  @Query(() => ReportSet, { nullable: true })
  reportSet(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.reportSet.load(id);
  }

  @Needs("researcher")
  @Mutation(() => ReportSet, {
    description:
      "Reads a table item,report by rules: annotations by a program, and the texts kept beside the items. All or nothing",
  })
  labelReports(@Arg("input", () => LabelReportsInput) input: LabelReportsInput, @Ctx() context: Context) {
    return labelReports(context, input);
  }

  @FieldResolver(() => String, { description: "The table as it came" })
  tableUrl(@Root() { fileSha256 }: SetRow) {
    return fileUrl(fileSha256);
  }

  @FieldResolver(() => LabelSchema)
  schema(@Root() { schemaId }: SetRow, @Ctx() { loaders }: Context) {
    return loaders.schema.load(schemaId);
  }

  @FieldResolver(() => [FindingAudit], {
    description: "Of the classes that the labeller knows, against a label version of the same classes",
  })
  async audit(
    @Root() set: SetRow,
    @Arg("labelVersionId", () => GraphQLUUID) labelVersionId: string,
    @Ctx() context: Context,
  ): Promise<FindingAudit[]> {
    const rows = await readRows(context, set, labelVersionId);
    const classes = rows[0]?.classes ?? [];
    return classes.flatMap((finding, classIndex) => {
      const known = findingOfClass(finding);
      if (known === null) return [];
      const pairs = rows.map((row) => [verdictOf(row, known), row.hand?.[classIndex] ?? null] as const);
      return [{ classIndex, finding, ...auditFinding(pairs) }];
    });
  }

  @FieldResolver(() => ReadReportConnection, {
    description: "By item name; without items that the caller is yet to read blind",
  })
  async texts(
    @Root() set: SetRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("labelVersionId", () => GraphQLUUID, { nullable: true, description: "Hand labels of the same classes" })
    labelVersionId: string | null | undefined,
    @Arg("classIndex", () => Int, { nullable: true }) classIndex: number | null | undefined,
    @Arg("verdict", () => VerdictEnum, { nullable: true, description: "Of the class" }) verdict:
      | Verdict
      | null
      | undefined,
    @Arg("label", () => Int, { nullable: true, description: "1 present, 0 absent by the hand label of the class" })
    label: number | null | undefined,
    @Ctx() context: Context,
  ) {
    const page = pageArgs(first, after);
    const all = await readRows(context, set, labelVersionId ?? null);
    const name = classIndex == null ? undefined : all[0]?.classes[classIndex];
    const finding = name === undefined ? null : findingOfClass(name);
    const blind = await context.loaders.blindItems.load(set.schemaId);
    const chosen = all.filter(
      (row) =>
        !blind.has(row.itemId) &&
        (verdict == null || finding === null || verdictOf(row, finding) === verdict) &&
        (label == null || classIndex == null || row.hand?.[classIndex] === label),
    );
    const from = Number(decodeCursor(page.after, 1)?.[0] ?? -1) + 1;
    const rows = chosen.map((row, at) => ({ ...row, at })).slice(from, from + page.first + 1);
    return connection(
      pageOf(rows, page.first, chosen.length, ({ at }) => [String(at)]),
      page.after,
    );
  }
}

@Resolver(() => ReadReport)
export class ReadReportResolver {
  @FieldResolver(() => Item)
  item(@Root() { itemId }: Row, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => [Int], {
    nullable: "itemsAndList",
    description: "The hand label, per class: 1, 0 or not known; null: none",
  })
  handLabel(@Root() { hand }: Row) {
    return hand;
  }

  @FieldResolver(() => [ReportFinding], { description: "Those that are mentioned" })
  findings(@Root() { findings, classes }: Row) {
    return findings.map(({ finding, verdict, evidence }) => {
      const classIndex = classes.findIndex((name) => findingOfClass(name) === finding);
      return {
        ...{ finding, verdict, classIndex: classIndex < 0 ? null : classIndex },
        evidence: evidence.map(({ cue, ...each }) => ({
          ...each,
          cueStart: cue?.start ?? null,
          cueEnd: cue?.end ?? null,
        })),
      };
    });
  }
}

@Resolver(() => Dataset)
export class ReportsOfDatasetResolver {
  @FieldResolver(() => [ReportSet], { description: "Newest first" })
  reportSets(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.reportSetsOfDataset.load(id);
  }
}

const verdictOf = ({ findings }: Report, finding: string): Verdict =>
  findings.find((each) => each.finding === finding)?.verdict ?? "notMentioned";

/** @throws DomainError BAD_INPUT for a label version of other classes */
async function readRows(
  { asTeam, teamId, loaders }: Context,
  { id, schemaId }: SetRow,
  labelVersionId: string | null,
): Promise<Row[]> {
  // biome-ignore format: one line
  const { classes } = found(await loaders.schema.load(schemaId), "label schema", schemaId);
  if (labelVersionId !== null) {
    const version = found(await loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
    if (version.schemaId !== schemaId) {
      throw new DomainError("BAD_INPUT", "labelVersionId: this label version is of other classes than the reports were read for; choose one of the same", { field: "labelVersionId" }); // biome-ignore format: one line
    }
  }
  return asTeam(async (sql) => {
    const reports = await reportsOf(sql, teamId, id);
    const itemIds = reports.map(({ itemId }) => itemId);
    const labels = labelVersionId === null ? [] : await labelsForItems(sql, teamId, labelVersionId, itemIds);
    return reports.map((report, at) => ({ ...report, classes, hand: labels[at]?.classValues ?? null }));
  });
}
