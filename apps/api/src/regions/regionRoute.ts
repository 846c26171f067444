/** @file A reader's regions as a GeoJSON file. Read for the member: who is yet to read the slide blind sees none but their own. */
import { DomainError } from "@tessera/domain/errors";
import { toGeoJson } from "@tessera/domain/slides/geoJson";
import { regionSetsByIds } from "@tessera/store/regionSets";
import type { Request, Response } from "express";
import type { Services } from "../context.ts";
import { callerOf } from "../http/gate.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function regionRoute({ db }: Services) {
  return async (request: Request, response: Response): Promise<void> => {
    const { teamId, userId } = callerOf(response).principal;
    const [id, set] = [String(request.params.id), String(request.params.set)];
    const [row] = uuid.test(set) ? await db.asTeam(teamId, (sql) => regionSetsByIds(sql, teamId, [set]), userId) : [];
    if (row?.itemId !== id) throw new DomainError("NOT_FOUND", `No regions ${set} on a slide ${id} in this team`);
    response.set({
      "Content-Type": "application/geo+json",
      "Content-Disposition": `attachment; filename="regions-${set}.geojson"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    });
    response.end(toGeoJson(row.regions));
  };
}
