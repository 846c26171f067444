/** @file `tessera weights import FILE`: sends pretrained weights to a running Tessera, to start runs from. */
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { say } from "../terminal.ts";

const usage = `tessera weights import NAME.safetensors --source TEXT [--name NAME] [--graph FILE] [--url URL]

  TESSERA_TOKEN is an API token of a researcher. The layers are listed in NAME.graph.json beside the weights, or in --graph.
  Known architectures: MobileNetV1 and V2 with batch normalisation folded into float32 kernels (HWIO, depthwise H,W,C,1).
  --source: where they are from, as "github.com/google-coral/test_data, Apache-2.0"
`;

const suffix = ".safetensors";

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: "string", default: "http://127.0.0.1:3000" },
      name: { type: "string" },
      source: { type: "string" },
      graph: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const [action, path] = positionals;
  if (values.help || action !== "import" || path === undefined) return console.error(usage);
  if (!path.endsWith(suffix)) throw new DomainError("BAD_INPUT", `Expected a file NAME${suffix}, got ${path}`);
  if (values.source === undefined) {
    throw new DomainError(
      "BAD_INPUT",
      "--source: say where the weights are from; it is shown beside every run that starts from them",
    );
  }
  const token = process.env.TESSERA_TOKEN;
  if (!token)
    throw new DomainError("UNAUTHENTICATED", "Set TESSERA_TOKEN to an API token (dashboard, Team, API tokens)");
  const client = new TesseraClient({ url: values.url, token });
  const here = process.env.INIT_CWD ?? ".";
  const stem = path.slice(0, -suffix.length);
  const weights = await contentOf(resolve(here, path));
  const graph = await contentOf(resolve(here, values.graph ?? `${stem}.graph.json`));
  const input = {
    name: values.name ?? basename(stem),
    source: values.source,
    weightsSha256: await client.upload(weights),
    graphSha256: await client.upload(graph, "application/json"),
  };
  const { importWeights } = await client.query<{ importWeights: { id: string; family: string; reportText: string } }>(
    "mutation ($input: ImportWeightsInput!) { importWeights(input: $input) { id family reportText } }",
    { input },
  );
  say(`${input.name} (${importWeights.family}) is imported as ${importWeights.id}\n${importWeights.reportText}`);
}

async function contentOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new DomainError(
      "BAD_INPUT",
      `${path} cannot be read; the weights and the list of their layers are two files`,
      {},
      error,
    );
  }
}
