/** The review queue over the api: who gets what, what is kept, and what a blind reader does not see. */
import type { Role } from "@tessera/domain/words";
import { insertAnnotations } from "@tessera/store/annotations";
import { createApiToken } from "@tessera/store/apiTokens";
import { putBlob } from "@tessera/store/blobs";
import { insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { hashToken, newToken } from "@tessera/store/secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { joinTeam, type Member } from "./member.ts";
import { type Planted, plant, sha, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let schemaId: string;
const people: Record<string, Member> = {};

const join = (name: string, role: Role) => joinTeam(world, name, role);

beforeAll(async () => {
  world = await startWorld();
  const { db, teamId } = world.database;
  planted = await plant(world, teamId);
  for (const name of ["Bea", "Cem", "Dov"]) people[name] = await join(name, "annotator");
  people.Rex = await join("Rex", "researcher");
  people.Vic = await join("Vic", "viewer");
  const classes = ["flat", "sessile"];
  const kind = { datasetId: planted.datasetId, task: "classification", classes, exclusive: true } as const;
  schemaId = (await db.asTeam(teamId, (sql) => ensureSchema(sql, teamId, kind))).id;
});
afterAll(() => world.close());

const as = (name: string) => people[name]!;
async function ask<Data>(name: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await world.graphql<Data>(as(name).token, query, variables);
  expect(errors).toBeUndefined();
  return data!;
}
const refusal = async (name: string, query: string, variables: Record<string, unknown>) =>
  (await world.graphql(as(name).token, query, variables)).errors?.[0];

const createTasks = `mutation ($input: CreateReviewTasksInput!) { createReviewTasks(input: $input) }`;
const take = `mutation ($schemaId: UUID!, $purpose: ReviewPurpose!, $count: Int!) {
  takeReviewTasks(schemaId: $schemaId, purpose: $purpose, count: $count) { id state reason item { id name } opinions { reader classValues } holder } }`;
const save = `mutation ($input: SaveAnnotationInput!) {
  saveAnnotation(input: $input) { annotation { id reader userId corrects adjudicates classValues } check { id state } } }`;
const skip = `mutation ($id: UUID!, $reason: String!) { skipReviewTask(id: $id, reason: $reason) { state reason holder } }`;
const withdraw = `mutation ($ids: [UUID!]!) { withdrawReviewTasks(ids: $ids) }`;
/** As if the task had ended three minutes ago. */
const later = (id: string) =>
  world.database.owner`update review_tasks set finished_at = finished_at - interval '3 minutes' where id = ${id}`;
/** An item that nobody has an opinion on, nor a task. */
const unread = async () => {
  const [row] = await world.database.owner<{ id: string }[]>`
    select i.id from items i where i.id = any(${planted.itemIds as string[]}::uuid[])
      and not exists (select from annotations a where a.item_id = i.id and a.schema_id = ${schemaId})
      and not exists (select from review_tasks t where t.item_id = i.id and t.purpose = 'blindSecondRead')
    order by i.name limit 1`;
  return row!.id;
};
const reopen = `mutation ($id: UUID!) { reopenReviewTask(id: $id) { state } }`;

interface Taken {
  readonly takeReviewTasks: readonly {
    readonly id: string;
    readonly item: { readonly id: string; readonly name: string };
    readonly opinions: readonly { readonly reader: string; readonly classValues: number[] }[];
  }[];
}
interface Saved {
  readonly saveAnnotation: {
    readonly annotation: { readonly id: string; readonly reader: string; readonly corrects: string | null };
  };
}
const make = async (input: object) =>
  (await ask<{ createReviewTasks: number }>("Rex", createTasks, { input: { schemaId, ...input } })).createReviewTasks;
const taking = async (name: string, purpose: string, count = 1) =>
  (await ask<Taken>(name, take, { schemaId, purpose, count })).takeReviewTasks;
const saying = async (name: string, task: { id: string; item: { id: string } }, classValues: number[]) =>
  (await ask<Saved>(name, save, { input: { schemaId, itemId: task.item.id, taskId: task.id, classValues } }))
    .saveAnnotation.annotation;

describe("first reads", () => {
  it("are made of what nobody has an opinion on, once, and taken by two who never get the same", async () => {
    expect(await make({ purpose: "FIRST_READ", which: "UNLABELLED" })).toBe(12);
    expect(await make({ purpose: "FIRST_READ", which: "ALL" })).toBe(0);
    const [a, b] = await Promise.all([taking("Bea", "FIRST_READ", 5), taking("Cem", "FIRST_READ", 5)]);
    expect([a.length, b.length]).toEqual([5, 5]);
    expect(new Set([...a, ...b].map(({ id }) => id)).size).toBe(10);
    const again = await taking("Bea", "FIRST_READ", 5);
    expect(again.map(({ id }) => id)).toEqual(a.map(({ id }) => id));
    const back = `mutation ($ids: [UUID!]!) { giveBackReviewTasks(ids: $ids) }`;
    expect(await ask("Cem", back, { ids: [a[0]!.id, ...b.map(({ id }) => id)] })).toEqual({ giveBackReviewTasks: 5 });
  });

  it("of a lapsed lease go to the next; one that is held to nobody else", async () => {
    const { owner } = world.database;
    const bea = await taking("Bea", "FIRST_READ", 5);
    expect((await taking("Cem", "FIRST_READ", 10)).length).toBe(7);
    await owner`update review_tasks set lease_until = now() - interval '1 s' where holder = ${as("Bea").userId}`;
    expect((await taking("Dov", "FIRST_READ", 10)).map(({ id }) => id).sort()).toEqual(bea.map(({ id }) => id).sort());
    const wrong = await refusal("Bea", save, {
      input: { schemaId, itemId: bea[0]!.item.id, taskId: bea[0]!.id, classValues: [1, 0] },
    });
    expect(wrong?.extensions.code).toBe("CONFLICT");
  });

  it("become annotations with who said it; a correction is a new row that names the one before", async () => {
    const [task] = await taking("Cem", "FIRST_READ", 1);
    const first = await saying("Cem", task!, [1, 0]);
    expect(first).toMatchObject({ reader: "Cem", userId: as("Cem").userId, corrects: null, adjudicates: false });
    expect((await refusal("Dov", reopen, { id: task!.id }))?.extensions.code).toBe("FORBIDDEN");
    await ask("Cem", reopen, { id: task!.id });
    const second = await saying("Cem", task!, [0, 1]);
    expect(second.corrects).toBe(first.id);
    const { reviewTask } = await ask<{ reviewTask: { opinions: object[]; events: { kind: string; by: string }[] } }>(
      "Vic",
      `query ($id: UUID!) { reviewTask(id: $id) { state opinions { reader classValues } events { kind by } item { annotations { id } } } }`,
      { id: task!.id },
    );
    expect(reviewTask.opinions).toEqual([{ reader: "Cem", classValues: [0, 1] }]);
    const kinds = ["created", "taken", "givenBack", "taken", "saved", "reopened", "saved"];
    expect(reviewTask.events.map(({ kind }) => kind.toLowerCase().replaceAll("_", ""))).toEqual(
      expect.arrayContaining(kinds.map((kind) => kind.toLowerCase())),
    );
    expect(reviewTask.events.at(-1)).toEqual({ kind: "SAVED", by: "Cem" });
  });

  it("are skipped with a reason, and not for the same reader again", async () => {
    const [task] = await taking("Cem", "FIRST_READ", 1);
    expect((await refusal("Cem", skip, { id: task!.id, reason: " " }))?.extensions.code).toBe("BAD_INPUT");
    const { skipReviewTask } = await ask<{ skipReviewTask: object }>("Cem", skip, { id: task!.id, reason: "blurred" });
    expect(skipReviewTask).toEqual({ state: "SKIPPED", reason: "blurred", holder: "Cem" });
    await ask("Rex", reopen, { id: task!.id });
    expect((await taking("Cem", "FIRST_READ", 10)).map(({ id }) => id)).not.toContain(task!.id);
    expect((await taking("Bea", "FIRST_READ", 10)).map(({ id }) => id)).toContain(task!.id);
  });
});

describe("a blind second read", () => {
  interface Seen {
    readonly reviewTask: {
      readonly opinions: readonly { readonly reader: string }[];
      readonly item: { readonly annotations: readonly { readonly reader: string }[] };
    };
  }
  const names = (rows: readonly { readonly reader: string }[]) => rows.map(({ reader }) => reader).sort();

  it("shows its reader no other opinion, by any way, until theirs is saved", async () => {
    const { db, teamId, owner } = world.database;
    expect(await make({ purpose: "BLIND_SECOND_READ", which: "READ_ONCE", assignTo: [as("Bea").userId] })).toBe(1);
    const [task] = await taking("Bea", "BLIND_SECOND_READ", 5);
    expect(task!.opinions).toEqual([]);
    const all = `query ($id: UUID!) { reviewTask(id: $id) { opinions { reader } item { annotations { reader } } } }`;
    const ofTask = (name: string) => ask<Seen>(name, all, { id: task!.id });
    const mine = await ofTask("Bea");
    expect(names(mine.reviewTask.item.annotations)).toEqual(["Ada"]); // of other labels: masks
    expect(names((await ofTask("Cem")).reviewTask.opinions)).toEqual(["Cem"]);
    // back in the pool, assigned to nobody: she has seen the item, and stays blind
    await ask("Rex", `mutation ($ids: [UUID!]!) { assignReviewTasks(ids: $ids) }`, { ids: [task!.id] });
    expect((await ofTask("Bea")).reviewTask.opinions).toEqual([]);
    await ask("Bea", `mutation ($ids: [UUID!]!) { giveBackReviewTasks(ids: $ids) }`, { ids: [task!.id] });
    expect((await ofTask("Bea")).reviewTask.opinions).toEqual([]);
    // whoever may take it from the pool is blind as well; a researcher who has nothing to do with it is not
    expect((await ofTask("Dov")).reviewTask.opinions).toEqual([]);
    expect(names((await ofTask("Rex")).reviewTask.opinions)).toEqual(["Cem"]);
    // nor does what others write of it: a note of why it is looked at, a reason for skipping it
    const items = [{ itemId: task!.item.id, note: "given flat; sessile at 90 %" }];
    await make({ purpose: "REVIEW", which: "GIVEN", items, assignTo: [as("Rex").userId] });
    const [review] = await taking("Rex", "REVIEW");
    await ask("Rex", skip, { id: review!.id, reason: "surely sessile" });
    const told = `query ($id: UUID!) { reviewTask(id: $id) { note reason events { kind detail } } }`;
    const detailsOf = async (name: string) => {
      const { reviewTask } = await ask<{ reviewTask: { note: string; reason: string | null; events: { kind: string; detail: string | null }[] } }>(name, told, { id: review!.id }); // biome-ignore format: one line
      return [reviewTask.note, reviewTask.reason, reviewTask.events.find(({ kind }) => kind === "SKIPPED")?.detail];
    };
    expect(await detailsOf("Bea")).toEqual(["", null, null]);
    expect(await detailsOf("Rex")).toEqual(["given flat; sessile at 90 %", "surely sessile", "surely sessile"]);
    // nor does a version made of the first opinion tell
    const version = await db.asTeam(teamId, async (sql) => {
      const [first] = await sql<{ id: string }[]>`
        select id from annotations where schema_id = ${schemaId} and item_id = ${task!.item.id} order by created_at desc limit 1`;
      const labels = [{ itemId: task!.item.id, annotationId: first!.id }];
      return freezeLabelVersion(sql, teamId, { datasetId: planted.datasetId, schemaId, rule: "r", note: "", labels });
    });
    const label = `query ($id: UUID!, $version: UUID!, $dataset: UUID!) { reviewTask(id: $id) { item { label(labelVersionId: $version) { reader } } }
      dataset(id: $dataset) { items(classIs: { labelVersionId: $version, classIndex: 1 }) { totalCount } disagreements(schemaId: "${schemaId}") { totalCount } } }`;
    const variables = { id: task!.id, version: version.id, dataset: planted.datasetId };
    interface Labelled {
      readonly reviewTask: { readonly item: { readonly label: object | null } };
      readonly dataset: { readonly items: { readonly totalCount: number } };
    }
    const blind = await ask<Labelled>("Bea", label, variables);
    expect([blind.reviewTask.item.label, blind.dataset.items.totalCount]).toEqual([null, 0]);
    const sighted = await ask<Labelled>("Rex", label, variables);
    expect([sighted.reviewTask.item.label, sighted.dataset.items.totalCount]).toEqual([{ reader: "Cem" }, 1]);

    // she is nobody's first reader here: Cem cannot take it, she can
    expect(await taking("Cem", "BLIND_SECOND_READ", 5)).toEqual([]);
    const [again] = await taking("Bea", "BLIND_SECOND_READ", 5);
    expect(again!.id).toBe(task!.id);
    await saying("Bea", again!, [0, 1]);
    // for two minutes she may take it back, and so is blind for as long; a minute later she may not, and is not
    expect(names((await ofTask("Bea")).reviewTask.opinions)).toEqual(["Bea"]);
    await ask("Bea", reopen, { id: task!.id });
    expect(names((await ofTask("Bea")).reviewTask.opinions)).toEqual(["Bea"]);
    await saying("Bea", again!, [1, 0]);
    await later(task!.id);
    expect(names((await ofTask("Bea")).reviewTask.opinions)).toEqual(["Bea", "Cem"]);
    const other = { schemaId, itemId: task!.item.id, classValues: [0, 1] };
    for (const changed of [
      await refusal("Bea", reopen, { id: task!.id }),
      await refusal("Bea", save, { input: other }),
    ]) {
      expect(changed).toMatchObject({ extensions: { code: "CONFLICT" } });
    }
    expect(names((await ofTask("Dov")).reviewTask.opinions)).toEqual(["Bea", "Cem"]);
    const [{ count }] = await owner<
      [{ count: number }]
    >`select count(*) from annotations where schema_id = ${schemaId}`;
    expect(count).toBe(4); // of Cem two, of Bea two: nothing was overwritten
  });

  it("is opened again by a researcher for others alone, once its reader may have seen what they say", async () => {
    const items = [{ itemId: await unread() }];
    await make({ purpose: "BLIND_SECOND_READ", which: "GIVEN", items, assignTo: [as("Bea").userId] });
    const [task] = await taking("Bea", "BLIND_SECOND_READ");
    await saying("Bea", task!, [1, 0]);
    await later(task!.id);
    await ask("Rex", reopen, { id: task!.id });
    expect(await taking("Bea", "BLIND_SECOND_READ", 5)).toEqual([]);
    const [again] = await taking("Dov", "BLIND_SECOND_READ", 5);
    expect(again!.id).toBe(task!.id);
    await ask("Rex", withdraw, { ids: [task!.id] });
  });

  it("that is skipped stays blind for who skipped it, so that they may open it again; withdrawn it is over", async () => {
    const itemId = await unread();
    await ask("Cem", save, { input: { schemaId, itemId, classValues: [0, 1] } });
    await make({ purpose: "BLIND_SECOND_READ", which: "GIVEN", items: [{ itemId }], assignTo: [as("Bea").userId] });
    const [task] = await taking("Bea", "BLIND_SECOND_READ");
    const seen = async () => {
      const query = `query ($id: UUID!) { reviewTask(id: $id) { opinions { reader } } }`;
      return names((await ask<Seen>("Bea", query, { id: task!.id })).reviewTask.opinions);
    };
    await ask("Bea", skip, { id: task!.id, reason: "blurred" });
    await later(task!.id);
    expect(await seen()).toEqual([]);
    await ask("Bea", reopen, { id: task!.id });
    expect(await seen()).toEqual([]);
    await ask("Bea", skip, { id: task!.id, reason: "blurred all the same" });
    expect(await ask("Rex", withdraw, { ids: [task!.id] })).toEqual({ withdrawReviewTasks: 1 });
    expect(await seen()).toEqual(["Cem"]);
    expect(await refusal("Bea", reopen, { id: task!.id })).toMatchObject({ extensions: { code: "CONFLICT" } });
  });

  it("is not undone by asking as one role and reading as another: who reads is the member, not the token", async () => {
    const { token } = newToken();
    const { db, teamId } = world.database;
    const row = { userId: as("Dov").userId, name: "v", role: "viewer", tokenHash: hashToken(token), expiresAt: null } as const; // biome-ignore format: one line
    await db.asTeam(teamId, (sql) => createApiToken(sql, teamId, row));
    const items = [{ itemId: await unread() }];
    await make({ purpose: "BLIND_SECOND_READ", which: "GIVEN", items, assignTo: [as("Dov").userId] });
    const [first] = await taking("Dov", "BLIND_SECOND_READ", 1);
    const input = { schemaId, itemId: first!.item.id, classValues: [0, 1] };
    await ask("Cem", save, { input }); // of his own accord
    const query = `query ($id: UUID!) { reviewTask(id: $id) { opinions { reader } } }`;
    const { data } = await world.graphql<Seen>(token, query, { id: first!.id });
    expect(data!.reviewTask.opinions).toEqual([]);
  });
});

describe("an adjudication", () => {
  it("is made of what readers differ on, is for neither of them, and keeps every opinion", async () => {
    expect(await make({ purpose: "ADJUDICATION", which: "DISAGREEMENTS" })).toBe(1);
    expect(await taking("Bea", "ADJUDICATION")).toEqual([]);
    const [task] = await taking("Dov", "ADJUDICATION");
    expect(task!.opinions.map(({ reader }) => reader).sort()).toEqual(["Bea", "Cem"]);
    const decided = await saying("Dov", task!, [0, 1]);
    expect(decided).toMatchObject({ reader: "Adjudication", userId: as("Dov").userId, adjudicates: true });
    const query = `query ($id: UUID!, $schemaId: UUID!) { dataset(id: $id) {
      readers { name items adjudicates schemaId } agreement(schemaId: $schemaId) { readers { reader opinions } }
      reviewQueues { purpose open done skipped reviewers { name done lastHour } }
      reviewEvents(first: 3) { totalCount edges { node { kind by task { id } } } } } }`;
    interface Found {
      readonly dataset: {
        readonly readers: readonly {
          readonly name: string;
          readonly adjudicates: boolean;
          readonly schemaId: string;
        }[];
        readonly agreement: { readonly readers: readonly { readonly reader: string }[] };
        readonly reviewQueues: readonly {
          readonly purpose: string;
          readonly done: number;
          readonly reviewers: object[];
        }[];
        readonly reviewEvents: { readonly edges: readonly { readonly node: object }[] };
      };
    }
    const { dataset } = await ask<Found>("Vic", query, { id: planted.datasetId, schemaId });
    const own = dataset.readers.filter((reader) => reader.schemaId === schemaId);
    expect(own.map(({ name, adjudicates }) => [name, adjudicates])).toEqual([["Adjudication", true], ["Bea", false], ["Cem", false]]); // biome-ignore format: one line
    expect(dataset.agreement.readers.map(({ reader }) => reader)).toEqual(["Bea", "Cem"]);
    const queue = dataset.reviewQueues.find(({ purpose }) => purpose === "ADJUDICATION");
    expect(queue).toMatchObject({ open: 0, done: 1, skipped: 0, reviewers: [{ name: "Dov", done: 1, lastHour: 1 }] });
    expect(dataset.reviewEvents.edges[0]!.node).toEqual({ kind: "SAVED", by: "Dov", task: { id: task!.id } });
  });
});

describe("refusals", () => {
  it("name the field, and keep viewers out", async () => {
    const [task] = await taking("Dov", "FIRST_READ", 1);
    const input = { schemaId, itemId: task!.item.id, taskId: task!.id };
    const code = async (name: string, query: string, variables: Record<string, unknown>) =>
      (await refusal(name, query, variables))?.extensions.code;
    expect(await code("Vic", save, { input: { ...input, classValues: [1, 0] } })).toBe("FORBIDDEN");
    expect(await code("Dov", createTasks, { input: { schemaId, purpose: "REVIEW", which: "ALL" } })).toBe("FORBIDDEN");
    for (const classValues of [[1], [1, 1], [2, 0], [null, 1]]) {
      expect(await code("Dov", save, { input: { ...input, classValues } })).toBe("BAD_INPUT");
    }
    expect(await code("Dov", save, { input })).toBe("BAD_INPUT");
    expect(await code("Dov", save, { input: { ...input, maskSha256: sha("x") } })).toBe("BAD_INPUT");
    const other = { ...input, itemId: planted.itemIds.find((id) => id !== task!.item.id)!, classValues: [1, 0] };
    expect(await code("Dov", save, { input: other })).toBe("BAD_INPUT");
    const given = { schemaId, purpose: "REVIEW", which: "GIVEN" };
    expect(await code("Rex", createTasks, { input: given })).toBe("BAD_INPUT");
    expect(await code("Rex", createTasks, { input: { ...given, items: [{ itemId: schemaId }] } })).toBe("BAD_INPUT");
    const toViewer = { schemaId, purpose: "REVIEW", which: "ALL", assignTo: [as("Vic").userId] };
    expect(await code("Rex", createTasks, { input: toViewer })).toBe("BAD_INPUT");
  });

  it("say which kinds of items take which labels: a slide takes classes and no mask, a bag of tiles neither", async () => {
    const { db, teamId } = world.database;
    const { datasetId } = planted;
    const kinds = ["slide", "bag"] as const;
    const [slide, bag] = await db.asTeam(teamId, async (sql) => {
      for (const kind of kinds) await putBlob(sql, teamId, { sha256: sha(kind), size: 1, mediaType: "image/png" });
      const none = { subject: null, subjectKnown: false, site: null, spacingMm: null };
      const rows = kinds.map((kind) => {
        const picture = { sha256: sha(kind), thumbnailSha256: sha(kind), width: 8, height: 8 };
        return { datasetId, kind, name: kind, ...picture, ...none, subject: kind };
      });
      const { inserted } = await insertItems(sql, teamId, rows);
      return kinds.map((kind) => inserted.find((item) => item.kind === kind)!.id);
    });
    const [masks] = await world.database.owner<{ schemaId: string }[]>`
      select schema_id as "schemaId" from label_versions where id = ${planted.labelVersionId}`;
    const answer = (input: object) => refusal("Dov", save, { input });
    const drawn = { schemaId: masks!.schemaId, maskSha256: sha("slide") };
    expect(await answer({ schemaId, itemId: slide, classValues: [1, 0] })).toBeUndefined();
    expect((await answer({ ...drawn, itemId: slide }))?.message).toContain("this item is a slide");
    expect((await answer({ schemaId, itemId: bag, classValues: [1, 0] }))?.message).toContain("got a bag of tiles");
    expect((await answer({ ...drawn, itemId: bag }))?.message).toContain("this item is a bag");
    const wrong = await answer({ ...drawn, maskSha256: null, itemId: slide, classValues: [1] });
    expect(wrong?.message).toContain("Expected a mask and no class values");
  });

  it("a second member of one name is another reader", async () => {
    people.Other = await join("Bea", "researcher");
    const input = { schemaId, itemId: planted.itemIds[3]!, classValues: [1, 0] };
    const { saveAnnotation } = await ask<Saved>("Other", save, { input });
    expect(saveAnnotation.annotation.reader).toBe("Bea (2)");
    const { db, teamId } = world.database;
    const row = { itemId: planted.itemIds[4]!, schemaId, maskSha256: null, classValues: [1, 0] as const, regionPixels: [], components: [], boxes: null }; // biome-ignore format: one line
    const imported = db.asTeam(teamId, (sql) => insertAnnotations(sql, teamId, [{ ...row, reader: "Bea (2)" }]));
    await expect(imported).rejects.toThrow("Bea (2) is a member of this team");
  });
});
