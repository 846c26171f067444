/** @file `tessera weights import FILE`: sends pretrained weights to a running Tessera, to start runs from. */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { say } from "../terminal.ts";
import { importWeights } from "./importWeights.ts";

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
  const here = process.env.INIT_CWD ?? ".";
  const stem = path.slice(0, -suffix.length);
  const name = values.name ?? basename(stem);
  const { id, family, reportText } = await importWeights(new TesseraClient({ url: values.url, token }), {
    name,
    source: values.source,
    weightsPath: resolve(here, path),
    graphPath: resolve(here, values.graph ?? `${stem}.graph.json`),
  });
  say(`${name} (${family}) is imported as ${id}\n${reportText}`);
}
