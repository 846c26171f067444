import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { claimImport, reportImport } from "@tessera/store/imports";
import { registerWorker } from "@tessera/store/workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "./world.ts";

const bytes = Buffer.from("0123456789".repeat(100));
const sha256 = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");
const path = `/files/${sha256(bytes)}`;

let world: World;
beforeAll(async () => {
  world = await startWorld({ maxFileBytes: 10_000 });
});
afterAll(() => world.close());

const put = (to: string, body: Buffer | string, type = "image/png") =>
  fetch(world.url + to, {
    method: "PUT",
    headers: { authorization: `Bearer ${world.tokens.researcher}`, "content-type": type },
    body,
  });
const get = (from: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(world.url + from, { method, headers: { authorization: `Bearer ${world.tokens.viewer}`, ...headers } });

describe("PUT /files", () => {
  it("stores once: 201, then 200", async () => {
    const first = await put(path, bytes);
    expect([first.status, await first.json()]).toEqual([201, { sha256: sha256(bytes), size: 1000 }]);
    expect((await put(path, bytes)).status).toBe(200);
  });

  it("refuses bytes that are not what the name says, and keeps nothing", async () => {
    const name = `/files/${sha256("promised")}`;
    const response = await put(name, "sent");
    expect(response.status).toBe(400);
    expect((await get(name)).status).toBe(404);
    const kept = await readdir(world.objectsDirectory, { recursive: true });
    expect(kept.filter((file) => file.includes(sha256("promised")))).toEqual([]);
  });

  it("refuses a file over the limit, said or not", async () => {
    const big = Buffer.alloc(20_000);
    expect((await put(`/files/${sha256(big)}`, big)).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(big.subarray(0, 1000));
        controller.close();
      },
    });
    const chunked = await fetch(`${world.url}/files/${sha256(big)}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${world.tokens.researcher}` },
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect(chunked.status).toBe(413);
  });

  it.each(["/files/..%2f..%2fetc%2fpasswd", "/files/ABC", "/files/..%5c..%5cx", `/files/${"A".repeat(64)}`])(
    "takes no path: %s",
    async (bad) => {
      expect((await put(bad, "x")).status).toBe(400);
      expect((await get(bad)).status).toBe(400);
    },
  );
});

describe("GET /files", () => {
  it("answers whole, with headers that keep it private, cached and inert", async () => {
    const response = await get(path);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": "1000",
      etag: `"${sha256(bytes)}"`,
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "accept-ranges": "bytes",
    });
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(response.headers.get("content-disposition")).toBeNull();
  });

  it.each([
    ["bytes=0-9", 206, "bytes 0-9/1000", 10],
    ["bytes=990-", 206, "bytes 990-999/1000", 10],
    ["bytes=-5", 206, "bytes 995-999/1000", 5],
    ["bytes=0-99999", 206, "bytes 0-999/1000", 1000],
    ["bytes=1000-", 416, "bytes */1000", 0],
    ["bytes=0-1,5-6", 200, null, 1000],
    ["lines=1-2", 200, null, 1000],
  ])("of %s answers %i", async (range, status, contentRange, length) => {
    const response = await get(path, { range });
    expect([response.status, response.headers.get("content-range")]).toEqual([status, contentRange]);
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });

  it("answers HEAD, If-None-Match and If-Range", async () => {
    const head = await get(path, {}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "1000", ""]);
    expect((await get(path, { "if-none-match": `"${sha256(bytes)}"` })).status).toBe(304);
    expect((await get(path, { range: "bytes=0-1", "if-range": '"another"' })).status).toBe(200);
  });

  it.each(["image/svg+xml", "text/html", "application/json"])("gives %s as a download of no type", async (type) => {
    const content = `<script>${type}</script>`;
    await put(`/files/${sha256(content)}`, content, type);
    const response = await get(`/files/${sha256(content)}`);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toContain("attachment");
  });
});

describe("imports", () => {
  it("guesses a layout, and keeps an intensity window for volumes only", async () => {
    const { graphql, tokens } = world;
    const guess = await graphql(
      tokens.viewer,
      '{ guessImportLayout(paths: ["imagesTr/a.nii.gz", "labelsTr/a.nii.gz"]) }',
    );
    expect(guess.data).toEqual({ guessImportLayout: "NIFTI" });
    const dataset = await graphql<{ createDataset: { id: string } }>(
      tokens.researcher,
      'mutation { createDataset(input: { projectName: "P", name: "Volumes", modality: OTHER }) { id } }',
    );
    const start = (layout: string, intensityWindow: object) =>
      graphql<{ startImport: object }>(
        tokens.researcher,
        "mutation ($input: StartImportInput!) { startImport(input: $input) { layout intensityWindow { low high } } }",
        {
          input: {
            datasetId: dataset.data!.createDataset.id,
            layout,
            intensityWindow,
            reader: "Ada",
            files: [{ path: "imagesTr/a.nii", sha256: sha256(bytes) }],
          },
        },
      );
    const ct = { low: -160, high: 240 };
    expect((await start("NIFTI", ct)).data!.startImport).toEqual({ layout: "NIFTI", intensityWindow: ct });
    expect((await start("NIFTI", { low: 5, high: 5 })).errors![0]!.message).toMatch(
      "expected low below high, got 5 and 5",
    );
    expect((await start("KVASIR_SEG", ct)).errors![0]!.message).toMatch(/only volumes \(NIFTI\) have one/);
    await world.database.owner`update imports set state = 'cancelled'`; // the next test claims its own
  });

  it("names what is not uploaded, queues, and reports refused files as CSV", async () => {
    const dataset = await world.graphql<{ createDataset: { id: string } }>(
      world.tokens.researcher,
      'mutation { createDataset(input: { projectName: "P", name: "D", modality: ENDOSCOPY }) { id } }',
    );
    const datasetId = dataset.data!.createDataset.id;
    const start = (files: object[]) =>
      world.graphql<{ startImport: { id: string; reportUrl: string } }>(
        world.tokens.researcher,
        "mutation ($input: StartImportInput!) { startImport(input: $input) { id state reportUrl } }",
        { input: { datasetId, layout: "KVASIR_SEG", reader: "Ada", files } },
      );
    const missing = await start([{ path: "images/a.png", sha256: sha256("never sent") }]);
    expect(missing.errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", missing: ["images/a.png"] });
    const started = await start([{ path: "images/a.png", sha256: sha256(bytes) }]);
    expect(started.data!.startImport).toMatchObject({ state: "QUEUED" });
    const { teamId, db } = world.database;
    const worker = await db.asTeam(teamId, (sql) =>
      registerWorker(sql, teamId, { name: "w", device: "CPU", version: "1" }),
    );
    const claimed = await claimImport(db, { teamId, workerId: worker.id, leaseSeconds: 60 });
    const problems = [
      { path: 'images/"quoted".png', code: "BAD_FILE", message: "two\nlines" },
      { path: "=cmd()", code: "BAD_FILE", message: "no image" },
    ];
    await reportImport(db, {
      teamId,
      id: claimed!.id,
      attempt: claimed!.attempt,
      done: 2,
      total: 2,
      added: 0,
      duplicates: 0,
      refused: 2,
      problems,
    });
    const report = await get(started.data!.startImport.reportUrl);
    expect(report.headers.get("content-type")).toContain("text/csv");
    expect(await report.text()).toBe(
      'path,code,message\r\n"\'=cmd()","BAD_FILE","no image"\r\n"images/""quoted"".png","BAD_FILE","two\nlines"\r\n',
    );
  });
});
