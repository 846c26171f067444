/** @file Sends a Kvasir-SEG folder to a running Tessera: the files first (known ones are skipped), then one import that takes them in. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { pairKvasir } from "@tessera/domain/import/kvasirLayout";

export interface ImportOutcome {
  readonly state: string;
  readonly added: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly labelVersionId: string;
  readonly splitId: string;
}

interface ImportOptions {
  readonly datasetId: string;
  readonly directory: string;
  /** Who drew the masks. */
  readonly reader: string;
  /** Take only this many items, chosen by hash of the name so that the same N gives the same items. */
  readonly items?: number;
  readonly onProgress: (label: string, done: number, total: number) => void;
}

const mediaTypes: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  json: "application/json",
};
const parallelUploads = 4;

export async function importFolder(client: TesseraClient, options: ImportOptions): Promise<ImportOutcome> {
  const paths = await chosenPaths(options);
  const files: { path: string; sha256: string }[] = [];
  const waiting = [...paths];
  const uploadNext = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const bytes = await readFile(join(options.directory, path));
      const mediaType = mediaTypes[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? "text/plain";
      files.push({ path, sha256: await upload(client, path, bytes, mediaType) });
      options.onProgress("Sending files", files.length, paths.length);
    }
  };
  await Promise.all(Array.from({ length: parallelUploads }, uploadNext));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));

  const { startImport } = await client.query<{ startImport: { id: string } }>(
    `mutation ($input: StartImportInput!) { startImport(input: $input) { id } }`,
    { input: { datasetId: options.datasetId, layout: "KVASIR_SEG", reader: options.reader, files } },
  );
  return followImport(client, startImport.id, options.onProgress);
}

async function upload(
  client: TesseraClient,
  path: string,
  bytes: Buffer<ArrayBuffer>,
  mediaType: string,
): Promise<string> {
  try {
    return await client.upload(bytes, mediaType);
  } catch (error) {
    throw new DomainError("BAD_FILE", `${path} could not be sent: ${(error as Error).message}`, { path }, error);
  }
}

/** Paths under the folder with "/" between the parts; all of them, or those of the chosen items and of the lists beside them. */
async function chosenPaths({ directory, items }: ImportOptions): Promise<string[]> {
  let entries: { name: string; parentPath: string; isFile(): boolean }[];
  try {
    entries = await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new DomainError(
      "BAD_INPUT",
      `${directory} cannot be read as a folder; give the folder that holds images/ and masks/`,
      {},
      error,
    );
  }
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"));
  const { pairs, boxesPath, splitLists, subjectsPath } = pairKvasir(paths);
  if (pairs.length === 0) {
    const message = `${directory} holds no pair of images/NAME and masks/NAME; give the folder that holds images/ and masks/`;
    throw new DomainError("BAD_INPUT", message, { directory });
  }
  // Files of the layout that lack their partner are sent too: the import's report names them.
  const lists = [boxesPath, subjectsPath, splitLists?.train, splitLists?.test, splitLists?.validation];
  const layout = paths.filter((path) => lists.includes(path) || /(^|\/)(images|masks)\/[^/]+$/.test(path));
  if (items === undefined || items >= pairs.length) return layout;
  const byHash = (name: string) => createHash("sha256").update(name).digest("hex");
  const chosen = new Set(
    [...pairs]
      .sort((a, b) => (byHash(a.name) < byHash(b.name) ? -1 : 1))
      .slice(0, items)
      .map((pair) => pair.name),
  );
  const left = new Set(
    pairs.filter((pair) => !chosen.has(pair.name)).flatMap((pair) => [pair.imagePath, pair.maskPath]),
  );
  return layout.filter((path) => !left.has(path));
}

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
    if (row.state === "SUCCEEDED" && row.labelVersion && row.split) {
      return { ...row, labelVersionId: row.labelVersion.id, splitId: row.split.id };
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
