import { DomainError } from "@tessera/domain/errors";
import { guessLayout, type ImportLayout, type IntensityWindow } from "@tessera/domain/import/layouts";
import { blobsBySha } from "@tessera/store/blobs";
import { createImport, type Import as ImportRow, importProblems, requestImportCancel } from "@tessera/store/imports";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { ImportLayoutEnum } from "../graphql/enums.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { Split } from "../splits/split.type.ts";
import { Import } from "./import.type.ts";
import { ImportProblemConnection } from "./importProblemConnection.type.ts";
import { StartImportInput } from "./startImport.input.ts";

@Resolver(() => Import)
export class ImportResolver {
  @Needs("viewer")
  @Query(() => Import, { nullable: true })
  import(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.import.load(id);
  }

  @Needs("viewer")
  @Query(() => ImportLayoutEnum, {
    nullable: true,
    description: "The layout that a folder of these paths most likely has; null where none fits",
  })
  guessImportLayout(@Arg("paths", () => [String]) paths: string[]) {
    return guessLayout(paths);
  }

  @Needs("researcher")
  @Mutation(() => Import, { description: "Queued for a worker. Every file was PUT to /files/<sha256> before" })
  async startImport(
    @Arg("input", () => StartImportInput) {
      datasetId,
      layout,
      reader,
      readerKind,
      intensityWindow,
      files,
    }: StartImportInput,
    @Ctx() { asTeam, teamId, loaders }: Context,
  ) {
    found(await loaders.dataset.load(datasetId), "dataset", datasetId);
    const window = checkedWindow(layout, intensityWindow ?? null);
    return asTeam(async (sql) => {
      const blobs = await blobsBySha(sql, teamId, [...new Set(files.map((file) => file.sha256))]);
      const stored = new Set(blobs.map((blob) => blob?.sha256));
      const missing = files.filter((file) => !stored.has(file.sha256)).map((file) => file.path);
      if (files.length === 0 || missing.length > 0) {
        const names = missing.slice(0, 10).join(", ");
        const message =
          files.length === 0 ? "expected at least one file" : `${missing.length} not uploaded yet: ${names}`;
        throw new DomainError("BAD_INPUT", `files: ${message}`, { field: "files", missing: missing.slice(0, 100) });
      }
      const plain = files.map(({ path, sha256 }) => ({ path, sha256 }));
      return createImport(sql, teamId, {
        datasetId,
        layout,
        reader,
        readerKind,
        intensityWindow: window,
        files: plain,
      });
    });
  }

  @Needs("researcher")
  @Mutation(() => Import)
  cancelImport(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => requestImportCancel(sql, teamId, id));
  }

  @FieldResolver(() => Dataset)
  dataset(@Root() { datasetId }: ImportRow, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => LabelVersion, { nullable: true })
  labelVersion(@Root() { labelVersionId }: ImportRow, @Ctx() { loaders }: Context) {
    return labelVersionId === null ? null : loaders.labelVersion.load(labelVersionId);
  }

  @FieldResolver(() => Split, { nullable: true })
  split(@Root() { splitId }: ImportRow, @Ctx() { loaders }: Context) {
    return splitId === null ? null : loaders.split.load(splitId);
  }

  @FieldResolver(() => ImportProblemConnection)
  async problems(
    @Root() { id }: ImportRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    return connection(await asTeam((sql) => importProblems(sql, teamId, id, page)), page.after);
  }

  @FieldResolver(() => String, { description: "The refused files as CSV" })
  reportUrl(@Root() { id }: ImportRow) {
    return `/imports/${id}/report.csv`;
  }
}

/** @throws DomainError BAD_INPUT */
function checkedWindow(layout: ImportLayout, window: IntensityWindow | null): IntensityWindow | null {
  if (window === null) return null;
  if (layout !== "nifti") {
    throw new DomainError(
      "BAD_INPUT",
      `intensityWindow: only volumes (NIFTI) have one, and the layout is ${layout}; leave it out`,
    );
  }
  const { low, high } = window;
  if (low < high) return { low, high };
  throw new DomainError("BAD_INPUT", `intensityWindow: expected low below high, got ${low} and ${high}`);
}
