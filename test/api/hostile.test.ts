/** @file The GraphQL-over-HTTP audits, and documents that are written to hurt. */
import { auditServer } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const headers = () => ({ authorization: `Bearer ${world.tokens.viewer}`, "content-type": "application/json" });
const post = (body: string, more: Record<string, string> = {}) =>
  fetch(`${world.url}/graphql`, { method: "POST", headers: { ...headers(), ...more }, body });

describe("GraphQL over HTTP", () => {
  it("passes the audits of graphql-http without an error", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const results = await auditServer({
      url: `${world.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...(init.headers as object), authorization: `Bearer ${world.tokens.viewer}` },
        }),
    });
    log.mockRestore();
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter((result) => result.status === "error")).toEqual([]);
  });
});

const nested = (depth: number): string => (depth === 0 ? "id" : `parent { ${nested(depth - 1)} }`);
const someId = '"00000000-0000-4000-8000-000000000000"';
const hostile = {
  "an alias flood": `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: me { name }`).join(" ")} }`,
  "__typename by a hundred aliases": `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: __typename`).join(" ")} }`,
  "a deep document": `{ labelVersion(id: ${someId}) { ${nested(12)} } }`,
  "a token flood": `{ me { ${"name ".repeat(5000)} } }`,
  "directive overloading": `{ me { name ${"@include(if: true) ".repeat(50)} } }`,
  "a circle of fragments": "{ me { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }",
  "pages of pages of pages":
    "{ experiments(first: 500) { edges { node { runs { evaluation { itemScores(first: 500) { edges { node { dice } } } } } } } } }",
  "a page whose size hides in a variable's default":
    "query ($n: Int = 500) { experiments(first: $n) { edges { node { runs { logs(first: $n) { edges { node { message } } } } } } } }",
  "fields that do not exist, for a hint": "{ experimentz { id } }",
};

describe("hostile documents", () => {
  it.each(Object.entries(hostile))("%s is refused at /graphql and gives no hint", async (_name, query) => {
    const response = await post(JSON.stringify({ query }));
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).not.toMatch(/Did you mean|node_modules|stacktrace/);
  });

  it.each(Object.entries(hostile))("%s is refused at /graphql/stream", async (_name, query) => {
    const subscription = query.startsWith("query") ? query : `subscription ${query}`;
    for (const document of [query, subscription]) {
      const response = await fetch(`${world.url}/graphql/stream`, {
        method: "POST",
        headers: { ...headers(), accept: "text/event-stream" },
        body: JSON.stringify({ query: document }),
      });
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain("Did you mean");
    }
  });

  it("an alias flood of a subscription is refused too", async () => {
    const fields = Array.from({ length: 50 }, (_, i) => `a${i}: state`).join(" ");
    const response = await fetch(`${world.url}/graphql/stream`, {
      method: "POST",
      headers: { ...headers(), accept: "text/event-stream" },
      body: JSON.stringify({ query: `subscription { runUpdates(runId: ${someId}) { run { ${fields} } } }` }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("liases");
  });

  it("a batch, a form, plain text and a body over the limit are refused", async () => {
    expect((await post(JSON.stringify(Array(10).fill({ query: "{ me { name } }" })))).status).toBe(400);
    const form = await post("query={me{name}}", { "content-type": "application/x-www-form-urlencoded" });
    expect([400, 415]).toContain(form.status);
    expect([400, 415]).toContain((await post('{"query":"{me{name}}"}', { "content-type": "text/plain" })).status);
    expect((await post(JSON.stringify({ query: "x".repeat(5 * 2 ** 20) }))).status).toBe(413);
    expect((await post("{ not json")).status).toBe(400);
  });

  it("introspection is for those who are signed in", async () => {
    const body = JSON.stringify({ query: "{ __schema { types { name } } }" });
    const without = await fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(without.status).toBe(401);
    expect(await without.text()).not.toContain("Viewer");
    expect((await post(body)).status).toBe(200);
  });

  it("a bug is masked outside and kept in our log", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await world.database.owner`alter table workers rename to gone`;
    const { errors } = await world.graphql(world.tokens.viewer, "{ workers { id } }");
    await world.database.owner`alter table gone rename to workers`;
    expect(errors).toMatchObject([{ message: "Internal server error", extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
    expect(JSON.stringify(errors)).not.toContain("relation");
    expect(String(log.mock.calls[0]?.[0])).toContain("relation");
    log.mockRestore();
  });
});
