/** @file Agreement of readers from what is stored: opinions on classes, and facts about pairs of masks. */
import { type Agreement, classAgreement } from "@tessera/analysis/agreement/classAgreement";
import { maskAgreement } from "@tessera/analysis/agreement/maskAgreement";
import type { ClassOpinions } from "@tessera/analysis/agreement/opinions";
import { type Disagreement, disputedClasses, disputedMasks } from "@tessera/analysis/agreement/rankDisagreements";
import type { TeamSql } from "@tessera/store/database";
import type { LabelSchema } from "@tessera/store/labelSchemas";
import { readerMaskPairs } from "@tessera/store/maskPairs";
import { opinionsOf } from "@tessera/store/opinions";

export interface Asked {
  readonly schema: LabelSchema;
  readonly readers: readonly string[] | null;
}

/** @param ordered exclusive classes are in an order, as grades are */
export async function assembleAgreement(sql: TeamSql, teamId: string, { schema, readers }: Asked, ordered: boolean) {
  if (schema.task === "segmentation") return ofMasks(sql, teamId, { schema, readers });
  const { opinions } = await classOpinions(sql, teamId, { schema, readers });
  const found = classAgreement(opinions, ordered && schema.exclusive === true);
  const named = (agreement: Agreement, className: string | null) => ({ className, ...agreement });
  return {
    schema,
    readers: found.readers.map(({ kappa, ...reader }) => ({ ...reader, mean: kappa })),
    overall: found.overall && named(found.overall, null),
    classes: found.classes.map((each, index) => named(each, schema.classes[index]!)),
    masks: [],
    maskPairs: 0,
    measuredPairs: 0,
  };
}

/** The most disputed items first. */
export async function assembleDisagreements(sql: TeamSql, teamId: string, asked: Asked): Promise<Disagreement[]> {
  if (asked.schema.task === "segmentation") {
    const pairs = await maskPairsOf(sql, teamId, asked);
    return disputedMasks(pairs.filter(({ measured }) => measured));
  }
  const { opinions, itemIds } = await classOpinions(sql, teamId, asked);
  return disputedClasses(opinions, itemIds);
}

async function classOpinions(
  sql: TeamSql,
  teamId: string,
  { schema, readers }: Asked,
): Promise<{ opinions: ClassOpinions; itemIds: string[] }> {
  const rows = await opinionsOf(sql, teamId, { schemaId: schema.id, readers });
  const names = readers ?? [...new Set(rows.map(({ reader }) => reader))].sort();
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const items = new Map<string, (readonly (0 | 1 | null)[] | null)[]>();
  for (const { itemId, reader, classValues } of rows) {
    const row = items.get(itemId) ?? names.map(() => null);
    row[placeOf.get(reader)!] = classValues;
    items.set(itemId, row);
  }
  const opinions = {
    readers: names,
    classes: schema.classes,
    exclusive: schema.exclusive === true,
    rows: [...items.values()],
  };
  return { opinions, itemIds: [...items.keys()] };
}

const maskPairsOf = (sql: TeamSql, teamId: string, { schema, readers }: Asked) =>
  readerMaskPairs(sql, teamId, { schemaId: schema.id, classes: schema.classes.length, readers });

async function ofMasks(sql: TeamSql, teamId: string, { schema, readers }: Asked) {
  const classes = schema.classes.length;
  const rows = await opinionsOf(sql, teamId, { schemaId: schema.id, readers });
  const pairs = await maskPairsOf(sql, teamId, { schema, readers });
  const measured = pairs.filter((pair) => pair.measured);
  const masks = maskAgreement(measured, classes);
  const names = readers ?? [...new Set(rows.map(({ reader }) => reader))].sort();
  const whole = masks.filter(({ classIndex }) => classIndex === (classes === 1 ? 0 : null));
  return {
    schema,
    readers: names.map((reader) => {
      const own = whole.filter(({ a, b }) => a === reader || b === reader).flatMap(({ dice }) => dice ?? []);
      const mean = own.length === 0 ? null : own.reduce((sum, value) => sum + value, 0) / own.length;
      return { reader, opinions: rows.filter((row) => row.reader === reader).length, mean };
    }),
    overall: null,
    classes: [],
    masks,
    maskPairs: pairs.length / classes,
    measuredPairs: measured.length / classes,
  };
}
