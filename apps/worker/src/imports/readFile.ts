/** @file The bytes of an uploaded file of an import. */
import type { ImportContext } from "./importContext.ts";
import { FileProblem, toFileProblem } from "./importProblem.ts";

/** Paths of the import to the names of their bytes. */
export type ShaOf = ReadonlyMap<string, string>;

export const shasOf = ({ claimed }: Pick<ImportContext, "claimed">): ShaOf =>
  new Map(claimed.files.map(({ path, sha256 }) => [path, sha256]));

/** @throws FileProblem for a file that is not there, or is empty */
export async function readFile(
  { objects, teamId }: Pick<ImportContext, "objects" | "teamId">,
  shaOf: ShaOf,
  path: string,
): Promise<Buffer> {
  const bytes = await objects.read(teamId, shaOf.get(path)!).catch((error) => {
    throw toFileProblem(path, error);
  });
  if (bytes.length === 0) throw new FileProblem(path, "EMPTY_FILE", "The file is empty (0 bytes); send it again");
  return bytes;
}

/** For a rejection: the same problem, of this file. */
export const naming = (path: string) => (error: unknown) => {
  throw toFileProblem(path, error);
};
