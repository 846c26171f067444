import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "@tessera/cli/weights/command";
import { ensureWeights } from "@tessera/cli/weights/importWeights";
import { TesseraClient } from "@tessera/client/client";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { mobilenetFile } from "../support/mobilenetFile.ts";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await startWorld();
  folder = await mkdtemp(join(tmpdir(), "tessera-weights-"));
  const { weights, graph } = mobilenetFile({ family: "mobilenetV1", size: 64, alpha: 0.25, classes: 3 });
  await writeFile(join(folder, "net.safetensors"), weights);
  await writeFile(join(folder, "net.graph.json"), graph);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world.close();
  await rm(folder, { recursive: true });
});

it("sends the weights and the list of their layers, named after the file", async () => {
  vi.stubEnv("TESSERA_TOKEN", world.tokens.researcher);
  const path = join(folder, "net.safetensors");
  await run(["import", path, "--source", "invented", "--url", world.url]);
  const { data } = await world.graphql(world.tokens.viewer, "{ weights { name source family } }");
  expect(data).toEqual({ weights: [{ name: "net", source: "invented", family: "mobilenetV1" }] });
  await expect(run(["import", path, "--url", world.url])).rejects.toThrow("--source: say where");
  const other = join(folder, "other.safetensors");
  await expect(run(["import", other, "--source", "s", "--url", world.url])).rejects.toThrow("cannot be read");
});

it("imports weights once by name and content", async () => {
  const client = new TesseraClient({ url: world.url, token: world.tokens.researcher });
  const [weightsPath, graphPath] = [join(folder, "net.safetensors"), join(folder, "net.graph.json")];
  const files = { name: "once", source: "invented", weightsPath, graphPath };
  const id = await ensureWeights(client, files);
  expect(await ensureWeights(client, files)).toBe(id);
  expect(await ensureWeights(client, { ...files, name: "other" })).not.toBe(id);
});
