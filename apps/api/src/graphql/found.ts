import { DomainError } from "@tessera/domain/errors";

/** The row. @throws DomainError NOT_FOUND naming what was looked for. */
export function found<Row>(row: Row | null | undefined, what: string, id: string): Row {
  if (row === null || row === undefined) throw new DomainError("NOT_FOUND", `No ${what} ${id} in this team`, { id });
  return row;
}
