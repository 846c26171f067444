/** Weights through the api: recognised from their two files, reported and listed, or refused with the reason. */
import { createHash } from "node:crypto";
import { checkImported } from "@tessera/api/weights/checkImported";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { Weights } from "@tessera/store/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { plant, startWorld, type World } from "./world.ts";

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

describe("a run that starts from imported weights", () => {
  const row = { name: "net", model: { family: "mobilenetV1", size: 64, alpha: 0.25, classes: 3, layers: [] } };
  const check = (changes: object, part: "all" | "encoder", classes = 2, weights: object | null = row) => {
    const model = { family: "mobilenetV1", size: 32, alpha: 0.25, ...changes } as RunConfiguration["model"];
    return () => checkImported(weights as Weights | null, { model, classes, part, field: "startingWeights.weightsId" });
  };

  it("has their architecture, and for the head as many classes; the side is free", () => {
    expect(check({}, "encoder")).not.toThrow();
    expect(check({}, "all", 3)).not.toThrow();
  });

  it("may be a U-Net on it", () => {
    const unet = { ...segmentationDefaults.model, encoder: { kind: "mobilenetV1", alpha: 0.25 } };
    expect(check(unet, "encoder")).not.toThrow();
    expect(check(unet, "all")).toThrow("its model.family differs");
    expect(check({ ...unet, encoder: { kind: "plain" } }, "encoder")).toThrow(
      'set model.encoder to { "kind": "mobilenetV1", "alpha": 0.25 } and the part to encoder',
    );
  });

  it.each([
    ["another width", check({ alpha: 0.5 }, "encoder"), "its model.alpha differs"],
    ["another family", check({ family: "mobilenetV2" }, "encoder"), "its model.family differs"],
    ["a U-Net", check({ family: "unet" }, "encoder"), '"net" is mobilenetV1 with alpha 0.25'],
    ["a head of other classes", check({}, "all"), "3 logits, and these labels 2 classes; choose the part encoder"],
    ["weights that are not there", check({}, "encoder", 2, null), "no such imported weights"],
  ])("is refused with %s", (_, refused, message) => {
    expect(refused).toThrow(message);
  });

  it("is refused by createExperiment with the field's name", async () => {
    const { labelVersionId, splitId } = await plant(world, world.database.teamId);
    const weightsId = (await importing({ name: "f" })).data!.importWeights.id;
    const experiment = async (startingWeights: object) => {
      const base = { ...segmentationDefaults, startingWeights };
      const input = { projectName: "P", name: "E", question: "Q", labelVersionId, splitId, base, seeds: [1] };
      const document = "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }";
      const { errors } = await world.graphql(world.tokens.researcher, document, {
        input: { ...input, arms: [{ name: "a", changes: {} }] },
      });
      return errors![0]!;
    };
    const of = { kind: "imported", weightsId };
    expect(await experiment({ ...of, part: "encoder" })).toMatchObject({
      extensions: { code: "BAD_INPUT", field: "startingWeights.weightsId" },
    });
    const statistics = { kind: "statistics", of, part: "encoder" };
    expect(await experiment(statistics)).toMatchObject({
      extensions: { code: "BAD_INPUT", field: "startingWeights.of.weightsId" },
    });
  });
});
