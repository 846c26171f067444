/** @file The small text files of an import, parsed; a bad one is a problem of that file, not of the import. */
import { DomainError } from "@tessera/domain/errors";
import { parseNameList } from "@tessera/domain/import/kvasirFiles";
import type { SplitLists } from "@tessera/domain/import/kvasirLayout";
import type { ImportProblem } from "@tessera/store/imports";
import type { ImportContext } from "./importContext.ts";
import { toFileProblem } from "./importProblem.ts";
import type { PublishedLists } from "./importSource.ts";
import type { ShaOf } from "./readFile.ts";

/** COCO's own training set has annotations of 450 MB; V8 holds no text above 512 MiB. */
const mostBytes = 500 * 2 ** 20;

/** `value` is absent where there is no such file, or where it has a problem. */
export async function readText<T>(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  shaOf: ShaOf,
  path: string | undefined,
  parse: (text: string) => T | Promise<T>,
): Promise<{ readonly value?: T; readonly problem: ImportProblem[] }> {
  if (path === undefined) return { problem: [] };
  try {
    const bytes = await objects.read(teamId, shaOf.get(path)!);
    if (bytes.length > mostBytes) {
      throw new DomainError("BAD_FILE", `The file has ${bytes.length} bytes; a list has at most ${mostBytes}`);
    }
    return { value: await parse(bytes.toString("utf8")), problem: [] };
  } catch (error) {
    const { code, message } = toFileProblem(path, error);
    return { problem: [{ path, code: code === "MISSING_FILE" ? code : "BAD_LIST", message }] };
  }
}

/** A file without which nothing can be imported. @throws DomainError BAD_INPUT naming it */
export async function needText<T>(
  context: Pick<ImportContext, "objects" | "teamId">,
  shaOf: ShaOf,
  path: string | undefined,
  parse: (text: string) => T | Promise<T>,
): Promise<T> {
  if (path === undefined)
    throw new DomainError("BAD_INPUT", "There is no JSON file of annotations in the folder; add it");
  const { value, problem } = await readText(context, shaOf, path, async (text) => [await parse(text)]);
  if (value !== undefined) return value[0]!;
  throw new DomainError("BAD_INPUT", `${path}: ${problem[0]!.message}`);
}

/** The published split, where the layout has its lists and all of them can be read. */
export async function readLists(
  context: Pick<ImportContext, "objects" | "teamId">,
  shaOf: ShaOf,
  paths: SplitLists | undefined,
): Promise<{ lists: PublishedLists | null; problems: ImportProblem[] }> {
  if (!paths) return { lists: null, problems: [] };
  const read = (path: string | undefined) => readText(context, shaOf, path, parseNameList);
  const [train, test, validation] = [await read(paths.train), await read(paths.test), await read(paths.validation)];
  const problems = [...train.problem, ...test.problem, ...validation.problem];
  if (problems.length > 0 || train.value === undefined || test.value === undefined) return { lists: null, problems };
  const lists = { train: train.value, test: test.value, ...(validation.value && { validation: validation.value }) };
  return { lists: { ...lists, path: paths.train }, problems };
}
