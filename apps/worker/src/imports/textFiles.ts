/** @file The small text files of an import, parsed; a bad one is a problem of that file, not of the import. */
import { DomainError } from "@tessera/domain/errors";
import type { ImportProblem } from "@tessera/store/imports";
import type { ImportContext } from "./importContext.ts";
import { toFileProblem } from "./importProblem.ts";

const mostBytes = 50 * 2 ** 20;

/** `value` is absent where there is no such file, or where it has a problem. */
export async function readText<T>(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  shaOf: ReadonlyMap<string, string>,
  path: string | undefined,
  parse: (text: string) => T,
): Promise<{ readonly value?: T; readonly problem: ImportProblem[] }> {
  if (path === undefined) return { problem: [] };
  try {
    const bytes = await objects.read(teamId, shaOf.get(path)!);
    if (bytes.length > mostBytes) {
      throw new DomainError("BAD_FILE", `The file has ${bytes.length} bytes; a list has at most ${mostBytes}`);
    }
    return { value: parse(bytes.toString("utf8")), problem: [] };
  } catch (error) {
    const { code, message } = toFileProblem(path, error);
    return { problem: [{ path, code: code === "MISSING_FILE" ? code : "BAD_LIST", message }] };
  }
}
