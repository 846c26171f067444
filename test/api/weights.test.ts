/** Weights through the api: recognised from their two files, reported and listed, or refused with the reason. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let files: { weightsSha256: string; graphSha256: string };

async function put(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const headers = { authorization: `Bearer ${world.tokens.researcher}`, "content-type": "application/octet-stream" };
  const sent = await fetch(`${world.url}/files/${sha256}`, { method: "PUT", headers, body: bytes });
  expect(sent.ok).toBe(true);
  return sha256;
}

beforeAll(async () => {
  world = await startWorld();
  const model = { family: "mobilenetV1", size: 64, alpha: 0.25, classes: 3 } as const;
  const { weights, graph } = mobilenetFile(model, { "block3/pointwise": 5 });
  files = { weightsSha256: await put(weights), graphSha256: await put(graph) };
});
afterAll(() => world.close());

interface Imported {
  readonly id: string;
  readonly reportText: string;
  readonly report: { loaded: string[]; adapted: object[]; deadFilters: object[] };
}

const importing = (changes: object = {}, token = world.tokens.researcher) =>
  world.graphql<{ importWeights: Imported }>(
    token,
    "mutation ($input: ImportWeightsInput!) { importWeights(input: $input) { id name source family sha256 report reportText } }",
    { input: { name: "net", source: "invented", ...files, ...changes } },
  );

describe("importWeights", () => {
  it("recognises the net, tells every tensor and the filters that are 0, and lists it", async () => {
    const { data, errors } = await importing();
    expect(errors).toBeUndefined();
    const { report, reportText, ...row } = data!.importWeights;
    expect(row).toMatchObject({ name: "net", source: "invented", family: "mobilenetV1", sha256: files.weightsSha256 });
    expect([report.loaded.length, report.adapted.length]).toEqual([29, 27]);
    expect(report.deadFilters).toEqual([{ layer: "block3/pointwise", filters: 32, quantised: 5, trained: null }]);
    expect(reportText).toContain("29 loaded, 27 adapted, 0 skipped\n");
    expect(reportText).toContain("dead filters of block3/pointwise: 5 of 32 are 0 since they were quantised");
    const list = await world.graphql<{ weights: object[] }>(world.tokens.viewer, "{ weights { id name } }");
    expect(list.data!.weights).toEqual([{ id: row.id, name: "net" }]);
    const others = await world.graphql<{ weights: object[] }>(world.otherToken, "{ weights { id } }");
    expect(others.data!.weights).toEqual([]);
  });

  it.each([
    ["a name that is taken", () => ({}), "CONFLICT", 'weights named "net"'],
    ["no name", () => ({ name: " " }), "BAD_INPUT", "name: expected 1 to 100"],
    ["a file that is not there", () => ({ name: "a", weightsSha256: "0".repeat(64) }), "NOT_FOUND", "upload it first"],
    ["the files exchanged", () => ({ name: "b", graphSha256: files.weightsSha256 }), "BAD_FILE", "it is not JSON"],
    ["weights that are none", () => ({ name: "c", weightsSha256: files.graphSha256 }), "BAD_FILE", "safetensors"],
  ])("refuses %s", async (_, changes, code, message) => {
    const { errors } = await importing(changes());
    expect(errors![0]).toMatchObject({ extensions: { code } });
    expect(errors![0]!.message).toContain(message);
  });

  it("refuses a net that is no MobileNet, with the layer that differs", async () => {
    const { graph } = mobilenetFile({ family: "mobilenetV2", size: 64, alpha: 0.35, classes: 3 });
    const { errors } = await importing({ name: "d", graphSha256: await put(graph) });
    expect(errors![0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });
    expect(errors![0]!.message).toContain("and is");
  });

  it("is a researcher's to do", async () => {
    const { errors } = await importing({ name: "e" }, world.tokens.viewer);
    expect(errors![0]).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  });
});
