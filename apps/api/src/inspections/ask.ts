import type { InspectionKindName, ResultOf } from "@tessera/domain/inspections/kinds";
import { createInspection, type Inspection } from "@tessera/store/inspections";
import type { Context } from "../context.ts";

/** Queued, or the inspection that has asked the same before. */
export const ask = (kind: InspectionKindName, request: unknown, { asTeam, teamId, principal }: Context) =>
  asTeam((sql) => createInspection(sql, teamId, { kind, request, createdBy: principal.userId }));

/** Null: of another kind, or not answered yet. */
export const answerOf = <Kind extends InspectionKindName>(inspection: Inspection, kind: Kind): ResultOf<Kind> | null =>
  inspection.kind === kind ? (inspection.result as ResultOf<Kind> | null) : null;
