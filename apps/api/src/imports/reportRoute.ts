/** @file The refused files of an import as CSV, streamed page by page. */
import { DomainError } from "@tessera/domain/errors";
import { importProblems, importsByIds } from "@tessera/store/imports";
import type { Request, Response } from "express";
import type { Services } from "../context.ts";
import { callerOf } from "../http/gate.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function reportRoute({ db }: Services) {
  return async (request: Request, response: Response): Promise<void> => {
    const { teamId } = callerOf(response).principal;
    const id = String(request.params.id);
    const [found] = uuid.test(id) ? await db.asTeam(teamId, (sql) => importsByIds(sql, teamId, [id])) : [];
    if (!found) throw new DomainError("NOT_FOUND", `No import ${id} in this team`);
    response.set({
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="import-${id}.csv"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    });
    response.write("path,code,message\r\n");
    let after: string | null = null;
    do {
      const page = await db.asTeam(teamId, (sql) => importProblems(sql, teamId, id, { first: 500, after }));
      const lines = page.rows.map((row) => [row.path, row.code, row.message].map(cell).join(","));
      response.write(lines.map((line) => `${line}\r\n`).join(""));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    response.end();
  };
}

/** Quoted as in RFC 4180; what a spreadsheet would run as a formula gets an apostrophe first. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
