/** @file `tessera import FOLDER`: sends a Kvasir-SEG folder to a running Tessera. */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { ensureDataset } from "../datasets.ts";
import { Bar, say } from "../terminal.ts";
import { importFolder } from "./folder.ts";

const usage = `tessera import FOLDER --url URL [--project NAME] [--dataset NAME] [--reader NAME] [--items N]

  FOLDER holds images/ and masks/ (Kvasir-SEG layout); TESSERA_TOKEN is an API token of a researcher.
`;

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: "string", default: "http://127.0.0.1:3000" },
      project: { type: "string", default: "Imported" },
      dataset: { type: "string" },
      reader: { type: "string", default: "unknown reader" },
      items: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const folder = positionals[0];
  if (values.help || folder === undefined) return console.error(usage);
  const token = process.env.TESSERA_TOKEN;
  if (!token)
    throw new DomainError("UNAUTHENTICATED", "Set TESSERA_TOKEN to an API token (dashboard, Team, API tokens)");

  const client = new TesseraClient({ url: values.url, token });
  const directory = resolve(process.env.INIT_CWD ?? ".", folder);
  const dataset = await ensureDataset(client, values.project, values.dataset ?? basename(directory));
  const bar = new Bar();
  const outcome = await importFolder(client, {
    datasetId: dataset.id,
    directory,
    reader: values.reader,
    ...(values.items ? { items: Number(values.items) } : {}),
    onProgress: (label, done, total) => bar.show(label, done, total),
  });
  bar.end();
  say(`${outcome.added} items added, ${outcome.duplicates} known already, ${outcome.refused} files refused`);
}
