/** @file Who gets what: every operation and route without a token, with a revoked one, over the team's border, and below its role. */

import { buildTesseraSchema } from "@tessera/api/graphql/schema";
import { publicRoutes } from "@tessera/api/http/gate";
import { openObjects } from "@tessera/objects/localObjects";
import { createApiToken, revokeApiToken } from "@tessera/store/apiTokens";
import { putBlob } from "@tessera/store/blobs";
import { createImport } from "@tessera/store/imports";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { createInvitation } from "@tessera/store/members";
import { hashToken, newToken } from "@tessera/store/secrets";
import { parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyOperation, type Operation } from "./operations.ts";
import { type Planted, plant, sha, startWorld, type World } from "./world.ts";

const schema = buildTesseraSchema();
const operations = everyOperation(schema);
const nobody = "00000000-0000-4000-8000-000000000000";

let world: World;
let other: Planted;
/** Of the other team, by kind. */
let otherIds: Record<string, string>;
let otherSha: string;
let revoked: string;

beforeAll(async () => {
  world = await startWorld();
  const { database } = world;
  const { db, otherTeamId, owner } = database;
  await plant(world, database.teamId);
  other = await plant(world, otherTeamId, { name: "Secret question" });
  const [eve] = await owner<{ id: string }[]>`
    with u as (insert into users (email, name, password_hash) values ('eve@example.org', 'Secret Eve', '-') returning id)
    insert into members (team_id, user_id, role) select ${otherTeamId}, id, 'researcher' from u returning user_id as id`;
  const bytes = Buffer.from("Secret bytes");
  otherSha = (await openObjects({ directory: world.objectsDirectory }).put(otherTeamId, bytes)).sha256;
  const made = await db.asTeam(otherTeamId, async (sql) => {
    await putBlob(sql, otherTeamId, { sha256: otherSha, size: bytes.length, mediaType: "text/plain" });
    const file = { path: "Secret.png", sha256: otherSha };
    const { datasetId } = other;
    const started = await createImport(sql, otherTeamId, {
      datasetId,
      layout: "kvasir-seg",
      reader: "Eve",
      files: [file],
    });
    const expiresAt = new Date(Date.now() + 1e6);
    const invitation = {
      email: "secret@example.org",
      role: "viewer",
      tokenHash: hashToken("x"),
      invitedBy: eve!.id,
      expiresAt,
    } as const;
    const token = {
      userId: eve!.id,
      name: "Secret token",
      role: "viewer",
      tokenHash: hashToken("y"),
      expiresAt: null,
    } as const;
    const [version] = await labelVersionsByIds(sql, otherTeamId, [other.labelVersionId]);
    return {
      schemaId: version!.schemaId,
      importId: started.id,
      invitationId: (await createInvitation(sql, otherTeamId, invitation)).id,
      tokenId: (await createApiToken(sql, otherTeamId, token)).id,
    };
  });
  const { itemIds, runIds, ...ids } = other;
  otherIds = { ...ids, ...made, itemId: itemIds[0]!, runId: runIds[0]!, userId: eve!.id, teamId: otherTeamId };

  const { token, tokenHash } = newToken();
  await db.asTeam(database.teamId, async (sql) => {
    const row = { userId: database.userId, name: "revoked", role: "admin", tokenHash, expiresAt: null } as const;
    const { id } = await createApiToken(sql, database.teamId, row);
    await revokeApiToken(sql, database.teamId, id, database.userId);
  });
  revoked = token;
});
afterAll(() => world.close());

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends an operation where it belongs; of a stream the first event is read. */
async function send(operation: Operation, document: string, token: string | null): Promise<Reply> {
  const stream = operation.kind === "subscription";
  const stop = new AbortController();
  const response = await fetch(world.url + (stream ? "/graphql/stream" : "/graphql"), {
    method: "POST",
    signal: stop.signal,
    headers: {
      "content-type": "application/json",
      ...(stream ? { accept: "text/event-stream" } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document }),
  });
  if (!stream || !response.body) return { status: response.status, text: await response.text() };
  let text = "";
  for await (const chunk of response.body) {
    text += Buffer.from(chunk).toString();
    if (text.includes("event: next")) break;
  }
  stop.abort();
  return { status: response.status, text };
}

/** Ids for the arguments of an operation: the right kind by its name where it says one, else by the operation's name. */
const rightKind = (argument: string, operation: string): string => {
  const kind =
    argument === "id"
      ? Object.keys(otherIds).find((each) => operation.toLowerCase().includes(each.slice(0, -2).toLowerCase()))
      : argument.replace(/^with(.)/, (_, first: string) => first.toLowerCase());
  return otherIds[kind ?? ""] ?? nobody;
};

/** Everything of the other team that no answer to the first may hold, but for the ids that were sent. */
function leaks(text: string, sent: string): string[] {
  const secrets = [
    "Secret",
    "Other team",
    otherSha,
    sha("Secret question prediction"),
    ...Object.values(otherIds),
    ...other.itemIds,
    ...other.runIds,
  ];
  return secrets.filter((secret) => text.includes(secret) && !sent.includes(secret));
}

async function everythingOf(teamId: string): Promise<string> {
  const { owner } = world.database;
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'team_id' order by 1`;
  const hashes = [];
  for (const { name } of tables) {
    const [row] =
      await owner`select ${name} as name, md5(string_agg(t::text, '' order by t::text)) as hash from ${owner(name)} t where team_id = ${teamId}`;
    hashes.push(row);
  }
  expect(tables.length).toBeGreaterThan(15);
  return JSON.stringify(hashes);
}

describe("operations", () => {
  it("are written out validly, all of them", () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const operation of operations) {
      const errors = validate(schema, parse(operation.document(() => nobody)));
      expect(
        errors.map((error) => error.message),
        operation.name,
      ).toEqual([]);
    }
  });

  it("answer 401 without a token, and with a revoked one", async () => {
    for (const operation of operations) {
      for (const token of [null, revoked, "tes_nonsense"]) {
        const { status, text } = await send(
          operation,
          operation.document(() => nobody),
          token,
        );
        expect({ operation: operation.name, status }).toEqual({ operation: operation.name, status: 401 });
        expect(text).toContain("UNAUTHENTICATED");
      }
    }
  });

  it("tell an admin of one team nothing of another, and change nothing there", async () => {
    const before = await everythingOf(world.database.otherTeamId);
    const found: string[] = [];
    for (const operation of operations) {
      const fills = operation.takesIds ? [rightKind, ...Object.values(otherIds).map((id) => () => id)] : [rightKind];
      const check = async (fill: typeof rightKind) => {
        const document = operation.document(fill);
        const { text } = await send(operation, document, world.tokens.admin);
        for (const secret of leaks(text, document)) found.push(`${operation.name}: ${secret}`);
      };
      await Promise.all(fills.map(check));
    }
    expect(found).toEqual([]);
    expect(await everythingOf(world.database.otherTeamId)).toBe(before);
  });

  it("do tell their own team (else the test above could not fail)", async () => {
    const told = [];
    for (const operation of operations.filter((each) => each.kind !== "mutation")) {
      const { text } = await send(operation, operation.document(rightKind), world.otherToken);
      expect(text, operation.name).not.toMatch(/TOO_LARGE|limit|PARSE_FAILED/i); // the limits must not hide a leak
      if (leaks(text, "").length > 0) told.push(operation.name);
    }
    for (const name of ["dataset", "experiment", "run", "labelVersion", "split", "import", "runs", "runUpdates"]) {
      expect(told).toContain(name);
    }
  });

  it("refuse everyone below the role they need", async () => {
    const order = ["viewer", "annotator", "researcher", "admin"] as const;
    for (const operation of operations) {
      for (const role of order.slice(0, order.indexOf(operation.needs as (typeof order)[number]))) {
        const { text } = await send(
          operation,
          operation.document(() => nobody),
          world.tokens[role],
        );
        expect(text, `${operation.name} as ${role}`).toContain("FORBIDDEN");
      }
    }
    const open = operations
      .filter((each) => each.kind === "mutation" && each.needs === "viewer")
      .map((each) => each.name);
    expect(open).toEqual(["revokeApiToken"]); // one's own; every other mutation is closed to viewers
  });
});

describe("routes", () => {
  const file = `/files/${sha("x")}`;
  const routes = [
    ["GET", "/graphql?query={me{name}}"],
    ["POST", "/graphql"],
    ["GET", "/graphql/stream?query=subscription{x}"],
    ["POST", "/graphql/stream"],
    ["PUT", "/graphql/stream"],
    ["DELETE", "/graphql/stream"],
    ["GET", file],
    ["HEAD", file],
    ["PUT", file],
    ["GET", `/imports/${nobody}/report.csv`],
    ["GET", "/"],
    ["GET", "/anything"],
    ["GET", "/HEALTHZ"],
    ["GET", "/healthz/"],
    ["GET", "//healthz"],
    ["POST", "/healthz"],
    ["GET", "/auth/sign-in"],
    ["POST", "/auth/sign-in/"],
    ["POST", "/auth/anything"],
    ["POST", "/auth/%2e%2e/graphql"],
    ["OPTIONS", "/graphql"],
  ] as const;

  it.each(routes)("%s %s answers 401 without a token and with a revoked one", async (method, path) => {
    for (const headers of [
      {},
      { authorization: `Bearer ${revoked}` },
      { cookie: "tessera_session=tes_nonsense", origin: world.url },
    ]) {
      const response = await fetch(world.url + path, { method, headers });
      expect(response.status).toBe(401);
      await response.arrayBuffer();
    }
  });

  it("leaves five things public, and no more", async () => {
    expect([...publicRoutes].sort()).toEqual([
      "GET /healthz",
      "HEAD /healthz",
      "POST /auth/accept-invitation",
      "POST /auth/sign-in",
      "POST /auth/sign-out",
    ]);
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });

  it("has no file and no report of another team, though the bytes are there", async () => {
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    for (const path of [`/files/${otherSha}`, `/imports/${otherIds.importId}/report.csv`]) {
      const response = await fetch(world.url + path, bearer(world.tokens.admin));
      expect(response.status).toBe(404);
      expect(leaks(await response.text(), path)).toEqual([]);
      expect((await fetch(world.url + path, bearer(world.otherToken))).status).toBe(200);
    }
    const put = { ...bearer(world.tokens.viewer), method: "PUT", body: "x" };
    expect((await fetch(world.url + file, put)).status).toBe(403);
  });
});
