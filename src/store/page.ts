/** @file Pages of a list. The cursor is the order key of the last row, so rows added meanwhile shift nothing. */
import { DomainError } from "@tessera/domain/errors";

export interface Page {
  /** 1 to 500; 50 where absent. */
  readonly first?: number | null;
  /** The `endCursor` of the page before. */
  readonly after?: string | null;
}

export interface PageOf<Row> {
  readonly rows: Row[];
  /** One per row, for edges. */
  readonly cursors: string[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** @returns the `parts` texts of the order key, or null for the first page. */
export function decodeCursor(after: string | null | undefined, parts: number): string[] | null {
  if (after === null || after === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(after, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === parts && key.every((each) => typeof each === "string"))
      return key as string[];
  } catch {
    // said below
  }
  throw new DomainError("BAD_INPUT", `Expected the endCursor of an earlier page of this list, got "${after}".`);
}

export function pageSize(first: number | null | undefined): number {
  const size = first ?? 50;
  if (Number.isInteger(size) && size >= 1 && size <= 500) return size;
  throw new DomainError("BAD_INPUT", `Expected a page size from 1 to 500, got ${size}.`);
}

/** @param found up to pageSize + 1 rows: one more than asked tells whether there is a next page. */
export function pageOf<Row>(
  found: readonly Row[],
  size: number,
  totalCount: number,
  key: (row: Row) => readonly string[],
): PageOf<Row> {
  const rows = found.slice(0, size);
  const cursors = rows.map((row) => encodeCursor(key(row)));
  return { rows, cursors, endCursor: cursors.at(-1) ?? null, hasNextPage: found.length > size, totalCount };
}

/** One slot per id, in the order asked; null where there is no such row (DataLoader's contract). */
export function inOrder<Row>(ids: readonly string[], rows: readonly Row[], key: (row: Row) => string): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [key(row), row]));
  return ids.map((id) => byKey.get(id) ?? null);
}
