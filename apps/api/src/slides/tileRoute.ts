/** @file A Deep Zoom tile of a slide as a JPEG. The team's row of the item decides whether the slide exists. */
import { DomainError } from "@tessera/domain/errors";
import { zoomLevels } from "@tessera/domain/slides/zoom";
import { itemsByIds } from "@tessera/store/items";
import type { Request, Response } from "express";
import type { Services } from "../context.ts";
import { callerOf } from "../http/gate.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function slideTileRoute({ db, objects, slideViews }: Services) {
  return async (request: Request, response: Response): Promise<void> => {
    const { teamId } = callerOf(response).principal;
    const id = String(request.params.id);
    const [level, column, row] = [place(request, "level"), place(request, "column"), place(request, "row")];
    const [item] = uuid.test(id) ? await db.asTeam(teamId, (sql) => itemsByIds(sql, teamId, [id])) : [];
    if (item?.kind !== "slide") throw new DomainError("NOT_FOUND", `No slide ${id} in this team`);
    const levels = zoomLevels(item);
    if (levels.tile(level, column, row) === null) {
      const message = `The slide has no tile ${column}, ${row} of zoom level ${level}; its levels are 0 to ${levels.highest}`;
      throw new DomainError("NOT_FOUND", message);
    }
    const etag = `"${item.sha256}-${level}-${column}-${row}"`;
    response.set({ ETag: etag, "Cache-Control": "private, max-age=31536000, immutable" });
    if (request.get("if-none-match") === etag) {
      response.status(304).end();
      return;
    }
    const left = new AbortController();
    response.once("close", () => left.abort());
    try {
      const path = await objects.path(teamId, item.sha256);
      const jpeg = await slideViews.tile(path, { sha256: item.sha256, level, column, row }, left.signal);
      response.set({ "Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff" }).end(jpeg);
    } catch (error) {
      if (left.signal.aborted) return; // nobody is there to be told
      response.removeHeader("ETag");
      response.set("Cache-Control", "no-store"); // what failed may succeed later
      throw error;
    }
  };
}

function place(request: Request, name: "level" | "column" | "row"): number {
  const text = String(request.params[name]);
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new DomainError("BAD_INPUT", `${name}: expected a whole number, got "${text.slice(0, 40)}"`, { field: name });
}
