/** @file What two uploaded files of weights say: architecture and report, from names, shapes and zeros alone. */
import { DomainError } from "@tessera/domain/errors";
import { parseGraph } from "@tessera/domain/weights/graph";
import { importReport } from "@tessera/domain/weights/importReport";
import { type RecognisedNet, recognise } from "@tessera/domain/weights/recognise";
import type { WeightsReport } from "@tessera/domain/weights/report";
import { readSafetensors } from "@tessera/domain/weights/safetensors";
import type { Objects } from "@tessera/objects/objects";

export interface ReadImport {
  readonly model: RecognisedNet;
  readonly report: WeightsReport;
}

/** They are read whole. The largest net that is known has 7 M weights, 28 MB. */
const mostBytes = { weights: 256 * 2 ** 20, graph: 8 * 2 ** 20 } as const;

/** @throws DomainError NOT_FOUND; BAD_FILE or BAD_INPUT that says what is wrong with a file */
export async function readImport(
  objects: Objects,
  teamId: string,
  { weightsSha256, graphSha256 }: { readonly weightsSha256: string; readonly graphSha256: string },
): Promise<ReadImport> {
  const read = async (sha256: string, most: number): Promise<Buffer> => {
    const size = await objects.size(teamId, sha256);
    if (size === null) throw new DomainError("NOT_FOUND", `No file ${sha256} in this team; upload it first.`);
    if (size > most) {
      throw new DomainError(
        "BAD_FILE",
        `File ${sha256} has ${size} bytes; expected at most ${most}. Give a smaller net`,
      );
    }
    return objects.read(teamId, sha256);
  };
  const graph = parseGraph((await read(graphSha256, mostBytes.graph)).toString("utf8"));
  const { tensors } = readSafetensors(await read(weightsSha256, mostBytes.weights));
  const model = recognise(graph, tensors);
  return { model, report: importReport(model, tensors) };
}
