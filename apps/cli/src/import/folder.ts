/** @file Sends a folder to a running Tessera: the files first (known ones are skipped), then one import that takes them in. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import type { ImportLayout, IntensityWindow } from "@tessera/domain/import/layouts";
import { choosePaths } from "./choosePaths.ts";

export interface ImportOutcome {
  readonly state: string;
  readonly added: number;
  readonly duplicates: number;
  readonly refused: number;
  /** null where the source has no labels, as films without a table. */
  readonly labelVersionId: string | null;
  /** null where the items allow no split: fewer than three subjects. */
  readonly splitId: string | null;
}

interface ImportOptions {
  readonly datasetId: string;
  readonly directory: string;
  /** Who drew the masks. */
  readonly reader: string;
  /** Absent: guessed from the paths. */
  readonly layout?: ImportLayout;
  /** Of volumes. Absent: each volume's own. */
  readonly intensityWindow?: IntensityWindow;
  /** Take only this many items of a Kvasir-SEG folder, chosen by hash of the name so that the same N gives the same items. */
  readonly items?: number;
  /** Of the folder, this file alone. */
  readonly file?: string;
  readonly onProgress: (label: string, done: number, total: number) => void;
}

const mediaTypes: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  json: "application/json",
  txt: "text/plain",
  csv: "text/plain",
};
const parallelUploads = 4;
const mostHeldBytes = 64 * 2 ** 20;

export async function importFolder(client: TesseraClient, options: ImportOptions): Promise<ImportOutcome> {
  const { layout, paths } = await choosePaths(options);
  const { datasetId, reader, intensityWindow } = options;
  const files: { path: string; sha256: string }[] = [];
  const waiting = [...paths];
  const uploadNext = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const mediaType = mediaTypes[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
      files.push({ path, sha256: await upload(client, options.directory, path, mediaType) });
      options.onProgress("Sending files", files.length, paths.length);
    }
  };
  await Promise.all(Array.from({ length: parallelUploads }, uploadNext));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));

  const { startImport } = await client.query<{ startImport: { id: string } }>(
    `mutation ($input: StartImportInput!) { startImport(input: $input) { id } }`,
    { input: { datasetId, layout: layoutName(layout), reader, ...(intensityWindow && { intensityWindow }), files } },
  );
  return followImport(client, startImport.id, options.onProgress);
}

/** A slide is read twice, once to hash it, and never held. */
async function upload(client: TesseraClient, directory: string, path: string, mediaType: string): Promise<string> {
  const file = join(directory, path);
  if ((await stat(file)).size <= mostHeldBytes) return refusing(path, client.upload(await readFile(file), mediaType));
  const digest = createHash("sha256");
  for await (const part of createReadStream(file)) digest.update(part);
  const sha256 = digest.digest("hex");
  const open = () => Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  await refusing(path, client.uploadStream(sha256, open, mediaType));
  return sha256;
}

async function refusing<T>(path: string, sent: Promise<T>): Promise<T> {
  try {
    return await sent;
  } catch (error) {
    throw new DomainError("BAD_FILE", `${path} could not be sent: ${(error as Error).message}`, { path }, error);
  }
}

/** As the api's enum has it. */
const layoutName = (layout: ImportLayout) => layout.toUpperCase().replaceAll("-", "_");

interface ImportRow {
  state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  total: number;
  done: number;
  added: number;
  duplicates: number;
  refused: number;
  error: string | null;
  labelVersion: { id: string } | null;
  split: { id: string } | null;
}

async function followImport(
  client: TesseraClient,
  id: string,
  onProgress: ImportOptions["onProgress"],
): Promise<ImportOutcome> {
  const document = `query ($id: UUID!) { import(id: $id) {
    state total done added duplicates refused error labelVersion { id } split { id } } }`;
  for (;;) {
    const { import: row } = await client.query<{ import: ImportRow }>(document, { id });
    onProgress("Importing", row.done, row.total);
    if (row.state === "SUCCEEDED") {
      return { ...row, labelVersionId: row.labelVersion?.id ?? null, splitId: row.split?.id ?? null };
    }
    if (row.state !== "QUEUED" && row.state !== "RUNNING") {
      throw new DomainError(
        "BAD_INPUT",
        `The import ended as ${row.state.toLowerCase()}: ${row.error ?? "no item could be taken in"}`,
        { id },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
