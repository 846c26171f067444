import { DomainError } from "@tessera/domain/errors";
import type { LabelVersion } from "@tessera/store/labelVersions";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";

/** @throws DomainError NOT_FOUND, BAD_INPUT where they are of different datasets or classes */
export async function versionsToCompare(
  { loaders }: Context,
  aId: string,
  bId: string,
): Promise<{ a: LabelVersion; b: LabelVersion }> {
  const a = found(await loaders.labelVersion.load(aId), "label version", aId);
  const b = found(await loaders.labelVersion.load(bId), "label version", bId);
  if (a.schemaId === b.schemaId) return { a, b };
  const message = "these two label versions are of different datasets or classes; choose two of one label schema";
  throw new DomainError("BAD_INPUT", `b: ${message}`, { field: "b" });
}
