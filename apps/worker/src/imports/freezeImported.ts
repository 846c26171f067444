/** @file The end of an import: a label version where the labels changed, and a split that covers them. */
import { DomainError } from "@tessera/domain/errors";
import { officialSplit, subjectSplit, subjectsInTwoFolds } from "@tessera/domain/split";
import { annotationsByItems } from "@tessera/store/annotations";
import type { TeamSql } from "@tessera/store/database";
import type { ImportProblem } from "@tessera/store/imports";
import { type Item, listItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion, labelsForItems, listLabelVersions } from "@tessera/store/labelVersions";
import { type Assignment, freezeSplit, listSplits, splitItems } from "@tessera/store/splits";
import type { ImportContext } from "./importContext.ts";
import type { ImportSource, PublishedLists } from "./importSource.ts";

export interface Frozen {
  /** null where the source has no labels. */
  readonly labelVersionId: string | null;
  /** null where the items allow no split: fewer than three subjects. */
  readonly splitId: string | null;
}

type Problems = { readonly problems: readonly ImportProblem[] };

/** In one transaction: a label version is never left without its split. */
export function freezeImported(context: ImportContext, source: ImportSource): Promise<Frozen & Problems> {
  const { database, teamId } = context;
  return database.asTeam(teamId, async (sql) => {
    if (await onlyAddsOpinions(sql, context, source)) return { labelVersionId: null, splitId: null, problems: [] };
    const items = await allItems(sql, teamId, context.claimed.datasetId);
    const { labelVersionId, labelled } = await freezeLabels(sql, context, source, items);
    return { labelVersionId, ...(await freezeFolds(sql, context, labelled, source.lists)) };
  });
}

/** Further readers of a dataset that is labelled already: which rule makes a version of them is for people to say. */
async function onlyAddsOpinions(
  sql: TeamSql,
  { teamId, claimed }: ImportContext,
  { schema, readers = null }: ImportSource,
): Promise<boolean> {
  if (schema === null || readers === null) return false;
  const { id } = await ensureSchema(sql, teamId, { datasetId: claimed.datasetId, ...schema });
  return (await listLabelVersions(sql, teamId, claimed.datasetId)).some(({ schemaId }) => schemaId === id);
}

async function allItems(sql: TeamSql, teamId: string, datasetId: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let after: string | null = null; ; ) {
    const page = await listItems(sql, teamId, { datasetId, page: { first: 500, after } });
    items.push(...page.rows);
    if (!page.hasNextPage) return items;
    after = page.endCursor;
  }
}

/** One label per item: this reader's newest annotation (of named readers the first's that has one), else the newest of anybody. */
async function freezeLabels(
  sql: TeamSql,
  { teamId, claimed }: ImportContext,
  { schema: kind, readers, meaning }: ImportSource,
  items: readonly Item[],
): Promise<{ labelVersionId: string | null; labelled: readonly Item[] }> {
  if (kind === null) return { labelVersionId: null, labelled: items };
  const { datasetId } = claimed;
  const firsts = readers ?? [claimed.reader];
  const schema = await ensureSchema(sql, teamId, { datasetId, ...kind });
  const ids = items.map(({ id }) => id);
  const annotations = await annotationsByItems(sql, teamId, ids);
  const labelled: Item[] = [];
  const labels = items.flatMap((item, index) => {
    const fitting = annotations[index]!.filter(({ schemaId, madeBy }) => schemaId === schema.id && madeBy === null);
    const of = (name: string) => fitting.findLast((each) => each.reader === name);
    const chosen = firsts.map(of).find((each) => each !== undefined) ?? fitting.at(-1);
    if (!chosen) return [];
    labelled.push(item);
    return [{ itemId: item.id, annotationId: chosen.id }];
  });

  const newest = (await listLabelVersions(sql, teamId, datasetId)).at(-1);
  if (newest?.items === labels.length) {
    const before = await labelsForItems(
      sql,
      teamId,
      newest.id,
      labels.map(({ itemId }) => itemId),
    );
    if (labels.every(({ annotationId }, index) => before[index]?.annotationId === annotationId)) {
      return { labelVersionId: newest.id, labelled };
    }
  }
  const version = await freezeLabelVersion(sql, teamId, {
    datasetId,
    schemaId: schema.id,
    rule: `the newest annotation of ${firsts.map((name) => `"${name}"`).join(", else of ")} per item, else of any reader; ${meaning}`,
    note: "made by an import",
    labels,
  });
  return { labelVersionId: version.id, labelled };
}

async function freezeFolds(
  sql: TeamSql,
  { teamId, claimed }: ImportContext,
  items: readonly Item[],
  lists: PublishedLists | null,
): Promise<{ splitId: string | null } & Problems> {
  const { datasetId } = claimed;
  const problems: ImportProblem[] = [];
  const { name, rule, assignments } = chooseFolds(items, lists, problems);
  if (assignments.length === 0) return { splitId: null, problems };

  const splits = await listSplits(sql, teamId, datasetId);
  const ofThisName = splits.filter((split) => split.name === name || split.name.startsWith(`${name}, `));
  for (const split of ofThisName) {
    if (sameFolds(await splitItems(sql, teamId, split.id), assignments)) return { splitId: split.id, problems };
  }
  const split = await freezeSplit(sql, teamId, {
    datasetId,
    name: ofThisName.length === 0 ? name : `${name}, ${ofThisName.length + 1}`,
    rule,
    subjectsKnown: items.every(({ subjectKnown }) => subjectKnown),
    assignments,
  });
  return { splitId: split.id, problems };
}

interface Folds {
  readonly name: string;
  readonly rule: string;
  readonly assignments: readonly Assignment[];
}

/** The published lists where they fit these items, else by subject; what stood in the way is told. */
function chooseFolds(items: readonly Item[], lists: PublishedLists | null, problems: ImportProblem[]): Folds {
  const subjectOf = new Map(items.map(({ id, subject }) => [id, subject]));
  const assign = (placed: readonly { id: string; fold: Assignment["fold"] }[]): Assignment[] =>
    placed.map(({ id, fold }) => ({ itemId: id, subject: subjectOf.get(id)!, fold }));
  if (lists !== null) {
    try {
      const { rule, items: placed } = officialSplit({ ...lists, items });
      const assignments = assign(placed);
      refuseSharedSubjects(assignments);
      return { name: "official", rule, assignments };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      problems.push({
        path: lists.path,
        code: "BAD_LIST",
        message: `${error.message}. A split by subject was made instead`,
      });
    }
  }
  try {
    const { rule, items: placed } = subjectSplit(items);
    return { name: "by subject", rule, assignments: assign(placed) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    problems.push({ path: "", code: "NO_SPLIT", message: error.message });
    return { name: "", rule: "", assignments: [] };
  }
}

function refuseSharedSubjects(assignments: readonly Assignment[]): void {
  const [shared] = subjectsInTwoFolds(assignments);
  if (!shared) return;
  const where = shared.folds.join(" and ");
  throw new DomainError("CONFLICT", `The published lists put subject ${shared.subject} into ${where}`);
}

function sameFolds(a: readonly Assignment[], b: readonly Assignment[]): boolean {
  const folds = new Map(a.map(({ itemId, fold }) => [itemId, fold]));
  return a.length === b.length && b.every(({ itemId, fold }) => folds.get(itemId) === fold);
}
