import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { openObjects } from "@tessera/objects/localObjects";
import type { Objects } from "@tessera/objects/objects";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const team = "11111111-1111-4111-8111-111111111111";
const other = "22222222-2222-4222-8222-222222222222";
const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

let directory: string;
let objects: Objects;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tessera-objects-"));
  objects = openObjects({ directory });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe("local objects", () => {
  it("give back what was put, whole and in parts", async () => {
    const bytes = randomBytes(300_000);
    const stored = await objects.put(team, Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]));
    expect(stored).toEqual({ sha256: sha(bytes), size: bytes.length });
    expect(await objects.read(team, stored.sha256)).toEqual(bytes);
    expect(await objects.size(team, stored.sha256)).toBe(bytes.length);
    const part = async (range?: { start?: number; end?: number }) =>
      buffer(await objects.stream(team, stored.sha256, range));
    expect(await part()).toEqual(bytes);
    expect(await part({ start: 5, end: 9 })).toEqual(bytes.subarray(5, 10));
    expect(await part({ start: 299_990 })).toEqual(bytes.subarray(299_990));
    expect(await part({ end: 0 })).toEqual(bytes.subarray(0, 1));
    await expect(part({ start: 9, end: 5 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("keep an empty object", async () => {
    const { sha256, size } = await objects.put(team, Buffer.alloc(0));
    expect(size).toBe(0);
    expect(await objects.read(team, sha256)).toEqual(Buffer.alloc(0));
    expect(await buffer(await objects.stream(team, sha256))).toEqual(Buffer.alloc(0));
  });

  it("keep one file of the same bytes put by many at once", async () => {
    const bytes = randomBytes(100_000);
    await Promise.all(Array.from({ length: 8 }, () => objects.put(team, bytes, sha(bytes))));
    expect(filesIn(directory)).toEqual([sha(bytes)]);
    expect(await objects.read(team, sha(bytes))).toEqual(bytes);
  });

  it("refuse other bytes than promised, and keep nothing of them", async () => {
    const promised = sha(Buffer.from("promised"));
    const put = objects.put(team, Buffer.from("sent"), promised);
    await expect(put).rejects.toMatchObject({ code: "BAD_INPUT", details: { expected: promised } });
    expect(filesIn(directory)).toEqual([]);
  });

  it("keep nothing of an upload that breaks off", async () => {
    async function* broken() {
      yield randomBytes(100_000);
      throw new Error("the line is dead");
    }
    await expect(objects.put(team, Readable.from(broken()))).rejects.toThrow("the line is dead");
    expect(filesIn(directory)).toEqual([]);
  });

  it("show a team's objects to that team only", async () => {
    const { sha256 } = await objects.put(team, Buffer.from("x-ray"));
    expect(await objects.size(other, sha256)).toBeNull();
    await expect(objects.read(other, sha256)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(objects.stream(other, sha256)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("tell bytes that have changed on disk, and are healed by the next put", async () => {
    const bytes = Buffer.from("as it was");
    const { sha256 } = await objects.put(team, bytes);
    writeFileSync(join(directory, team, sha256.slice(0, 2), sha256), "as it is");
    await expect(objects.read(team, sha256)).rejects.toMatchObject({ code: "BAD_FILE" });
    await objects.put(team, bytes);
    expect(await objects.read(team, sha256)).toEqual(bytes);
  });

  const good = "a".repeat(64);
  it.each([
    ["../../etc", good],
    [`${team}/..`, good],
    ["", good],
    [team.toUpperCase().replace("1", "A"), good],
    [team, "../../../etc/passwd"],
    [team, `..%2f${good.slice(5)}`],
    [team, `..\\${good.slice(3)}`],
    [team, `${good}\0`],
    [team, good.toUpperCase()],
  ])("take no path from anybody: %j %j", async (teamId, sha256) => {
    await expect(objects.read(teamId, sha256)).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(objects.stream(teamId, sha256)).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(objects.size(teamId, sha256)).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(objects.put(teamId, Buffer.from("x"), sha256)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(filesIn(directory)).toEqual([]);
  });

  it("read nothing whole that is as large as slides are, and give its path", async () => {
    const { sha256 } = await objects.put(team, Buffer.from("x"));
    const path = await objects.path(team, sha256);
    truncateSync(path, 2 ** 30 + 1); // a hole, no bytes on the disk
    await expect(objects.read(team, sha256)).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(objects.path(other, sha256)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leave nothing under a final name when the writer is killed", async () => {
    const script = fileURLToPath(new URL("./endlessPut.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, directory, team], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve)); // a part of the bytes is on the disk
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const drafts = filesIn(join(directory, "incoming"));
    expect(drafts).toHaveLength(1);
    expect(filesIn(directory)).toEqual(drafts);

    const draft = join(directory, "incoming", drafts[0]!);
    await openObjects({ directory }).put(team, Buffer.from("a young draft may have a writer"));
    expect(filesIn(join(directory, "incoming"))).toEqual(drafts);
    utimesSync(draft, 0, 0);
    await openObjects({ directory }).put(team, Buffer.from("an old one has none"));
    expect(filesIn(join(directory, "incoming"))).toEqual([]);
  });
});
