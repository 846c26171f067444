import { TryLimit } from "@tessera/api/auth/tryLimit";
import { createFirstTeam } from "@tessera/store/identity";
import { hashPassword } from "@tessera/store/secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "./world.ts";

const password = "correct horse battery";
let world: World;
beforeAll(async () => {
  world = await startWorld({ allowedOrigins: ["https://tessera.example.org"] });
  const { owner } = world.database;
  await owner`update users set password_hash = ${await hashPassword(password)}`;
});
afterAll(() => world.close());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(world.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
const signIn = async () => cookieOf(await post("/auth/sign-in", { email: "Ada@example.org", password }));
const code = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code;

const me = { query: "{ me { name teamName role } }" };
const create = { query: 'mutation { createApiToken(input: { name: "csrf", role: VIEWER }) { secret } }' };

describe("sign-in", () => {
  it("sets a cookie that scripts cannot read, and the database keeps its hash only", async () => {
    const response = await post("/auth/sign-in", { email: "ada@example.org", password });
    expect(await response.json()).toEqual({ name: "Ada", teamName: "First team" });
    const cookie = response.headers.get("set-cookie")!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    const token = cookieOf(response).split("=")[1]!;
    const rows = await world.database.owner`select encode(token_hash, 'escape') as stored from sessions`;
    expect(JSON.stringify(rows)).not.toContain(token);
    const https = await post("/auth/sign-in", { email: "ada@example.org", password }, { "x-forwarded-proto": "https" });
    expect(https.headers.get("set-cookie")).toMatch(/Secure/);
    const asked = await post("/graphql", me, { cookie: cookieOf(response) });
    expect(await asked.json()).toMatchObject({ data: { me: { name: "Ada", role: "ADMIN" } } });
  });

  it("says the same of a wrong password and an unknown e-mail", async () => {
    const wrong = await post("/auth/sign-in", { email: "ada@example.org", password: "wrong" });
    const unknown = await post("/auth/sign-in", { email: "nobody@example.org", password: "wrong" });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it("ends with sign-out", async () => {
    const cookie = await signIn();
    expect((await post("/auth/sign-out", {}, { cookie })).status).toBe(204);
    expect((await post("/graphql", me, { cookie })).status).toBe(401);
  });

  it("is limited per account", async () => {
    const tries = [];
    for (let i = 0; i < 11; i++)
      tries.push((await post("/auth/sign-in", { email: "guessed@example.org", password: `${i}` })).status);
    expect(tries).toEqual([...Array(10).fill(401), 429]);
    expect((await post("/auth/sign-in", { email: "ada@example.org", password })).status).toBe(200);
  });

  it("refuses what is no sign-in", async () => {
    expect(await code(await post("/auth/sign-in", { email: 1 }))).toBe("BAD_INPUT");
    expect(await code(await post("/auth/sign-in", { email: { $ne: "" }, password: ["x"] }))).toBe("BAD_INPUT");
  });
});

describe("TryLimit", () => {
  it("opens again after its window, and after a success", () => {
    let now = 0;
    const limit = new TryLimit(2, 1000, () => now);
    const twice = () => [limit.take("a"), limit.take("a")];
    twice();
    expect(() => limit.take("a")).toThrow("wait 1 s");
    limit.take("b");
    now = 1000;
    twice();
    limit.clear("a");
    twice();
    expect(() => limit.take("a")).toThrow("Too many tries");
  });
});

describe("another site's page", () => {
  it.each([
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null" },
    { "sec-fetch-site": "same-site" },
  ])("cannot act with our cookie: %o", async (headers) => {
    const cookie = await signIn();
    const response = await post("/graphql", create, { cookie, ...(headers as Record<string, string>) });
    expect(response.status).toBe(403);
    expect((await post("/auth/sign-out", {}, { cookie, ...(headers as Record<string, string>) })).status).toBe(403);
    const rows = await world.database.owner`select from api_tokens where name = 'csrf'`;
    expect(rows).toHaveLength(0);
  });

  it("cannot send what needs no preflight", async () => {
    const cookie = await signIn();
    const simple = await post("/graphql", create, { cookie, "content-type": "text/plain" });
    expect([400, 415]).toContain(simple.status);
    const get = await fetch(`${world.url}/graphql?query=${encodeURIComponent(me.query)}`, { headers: { cookie } });
    expect(get.status).toBe(400); // Apollo's CSRF prevention
  });

  it("is told apart from ours, also behind the dashboard", async () => {
    const cookie = await signIn();
    for (const headers of [
      { origin: world.url },
      { origin: "http://lab.example:8080", "x-forwarded-host": "lab.example:8080" },
      { origin: "https://tessera.example.org" },
    ] as Record<string, string>[]) {
      expect((await post("/graphql", me, { cookie, ...headers })).status).toBe(200);
    }
  });
});

describe("team", () => {
  it("invites somebody, who joins once, and whose role decides", async () => {
    const invite =
      'mutation { inviteMember(input: { email: "new@example.org", role: ANNOTATOR }) { token invitation { email acceptedAt } } }';
    const { data } = await world.graphql<{ inviteMember: { token: string } }>(world.tokens.admin, invite);
    const body = { token: data!.inviteMember.token, name: "Nia", password: "long enough for us" };
    expect(await code(await post("/auth/accept-invitation", { ...body, password: "short" }))).toBe("BAD_INPUT");
    const joined = await post("/auth/accept-invitation", body);
    expect(await joined.json()).toEqual({ name: "Nia", teamName: "First team" });
    expect((await post("/auth/accept-invitation", body)).ok).toBe(false);
    const cookie = cookieOf(joined);
    expect(await (await post("/graphql", me, { cookie })).json()).toMatchObject({
      data: { me: { role: "ANNOTATOR" } },
    });
    const { data: listed } = await world.graphql<{ members: { name: string; userId: string }[] }>(
      world.tokens.viewer,
      "{ members { name userId role } }",
    );
    const nia = listed!.members.find((member) => member.name === "Nia")!;
    await world.graphql(world.tokens.admin, "mutation ($id: UUID!) { removeMember(userId: $id) }", { id: nia.userId });
    expect((await post("/graphql", me, { cookie })).status).toBe(401);
  });

  it("keeps its last admin, and gives no token more than its owner has", async () => {
    const { userId } = world.database;
    const demote = await world.graphql(
      world.tokens.admin,
      `mutation { setMemberRole(userId: "${userId}", role: VIEWER) { role } }`,
    );
    expect(demote.errors![0]!.extensions.code).toBe("CONFLICT");
    const more = await world.graphql(
      world.tokens.researcher,
      'mutation { createApiToken(input: { name: "x", role: ADMIN }) { secret } }',
    );
    expect(more.errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("ends an API token at once", async () => {
    const made = await world.graphql<{ createApiToken: { secret: string; apiToken: { id: string } } }>(
      world.tokens.admin,
      'mutation { createApiToken(input: { name: "x", role: VIEWER }) { secret apiToken { id } } }',
    );
    const { secret, apiToken } = made.data!.createApiToken;
    expect((await world.graphql(secret, me.query)).status).toBe(200);
    await world.graphql(world.tokens.admin, "mutation ($id: UUID!) { revokeApiToken(id: $id) { revokedAt } }", {
      id: apiToken.id,
    });
    expect((await world.graphql(secret, me.query)).status).toBe(401);
  });

  it("is made once", async () => {
    const again = { teamName: "x", email: "x@example.org", name: "x", passwordHash: "x" };
    expect(await createFirstTeam(world.database.db, again)).toBeNull();
  });
});
