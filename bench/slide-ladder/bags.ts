/** @file From a folder of slides to bags of features, by the product's own jobs; what is there is found again. */
import { ensureDataset } from "@tessera/cli/datasets";
import { importFolder } from "@tessera/cli/import/folder";
import { Bar } from "@tessera/cli/terminal";
import type { TesseraClient } from "@tessera/client/client";
import { projectName } from "../study/run.ts";

export interface SlideBags {
  readonly labelVersionId: string;
  /** By slide. */
  readonly results: readonly { readonly name: string; readonly manifestUrl: string; readonly bagUrl: string }[];
  readonly tiles: number;
  /** That the two jobs worked. */
  readonly seconds: { readonly cutting: number; readonly encoding: number };
}

interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly tiles: number;
  readonly seconds: number;
  readonly error: string | null;
  readonly bagDataset: { readonly labelVersions: readonly { readonly id: string }[] } | null;
}

const fields = "id kind state total done tiles seconds error bagDataset { labelVersions { id } }";

export async function slideBags(
  client: TesseraClient,
  set: { readonly name: string; readonly folder: string },
  { rule, weightsId }: { readonly rule: Readonly<Record<string, unknown>>; readonly weightsId: string },
): Promise<SlideBags> {
  const dataset = await ensureDataset(client, projectName, { name: set.name, modality: "HISTOLOGY" });
  const bar = new Bar();
  const onProgress = (label: string, done: number, total: number) => bar.show(label, done, total);
  const imported = dataset.labelVersionId
    ? dataset
    : await importFolder(client, {
        ...{ datasetId: dataset.id, directory: set.folder, layout: "slides", reader: "planted", onProgress },
      });
  bar.end();
  const cut = await ended(client, dataset.id, "TILES", () =>
    client.query("mutation ($input: CutTilesInput!) { cutTiles(input: $input) { id } }", {
      input: { datasetId: dataset.id, ...rule },
    }),
  );
  const made = await ended(client, dataset.id, "FEATURES", () =>
    client.query("mutation ($input: MakeFeaturesInput!) { makeFeatures(input: $input) { id } }", {
      input: { tilesJobId: cut.id, weightsId, labelVersionId: imported.labelVersionId, name: `${set.name}: features` },
    }),
  );
  const [manifests, bags] = [await filesOf(client, cut.id), await filesOf(client, made.id)];
  return {
    labelVersionId: made.bagDataset!.labelVersions[0]!.id,
    results: [...manifests].map(([name, manifestUrl]) => ({ name, manifestUrl, bagUrl: bags.get(name)! })),
    tiles: made.tiles,
    seconds: { cutting: cut.seconds, encoding: made.seconds },
  };
}

/** The dataset's job of this kind at its end; asked for where there is none. @throws Error with its own words where it failed */
async function ended(
  client: TesseraClient,
  datasetId: string,
  kind: string,
  ask: () => Promise<unknown>,
): Promise<Job> {
  const bar = new Bar();
  for (;;) {
    const { dataset } = await client.query<{ dataset: { slideJobs: Job[] } }>(
      `query ($id: UUID!) { dataset(id: $id) { slideJobs { ${fields} } } }`,
      { id: datasetId },
    );
    const job = dataset.slideJobs.find((each) => each.kind === kind && each.state !== "CANCELLED");
    if (job === undefined) await ask();
    else if (job.state === "SUCCEEDED") {
      bar.end();
      return job;
    } else if (job.state === "FAILED") throw new Error(`The job of ${kind.toLowerCase()} failed: ${job.error}`);
    else bar.show(kind === "TILES" ? "Cutting slides" : "Encoding tiles", job.done, job.total);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** What a job made, by the slide's name. */
async function filesOf(client: TesseraClient, id: string): Promise<Map<string, string>> {
  type Answer = { slideJob: { results: { edges: { node: { slide: { name: string }; fileUrl: string } }[] } } };
  const { slideJob } = await client.query<Answer>(
    "query ($id: UUID!) { slideJob(id: $id) { results(first: 100) { edges { node { slide { name } fileUrl } } } } }",
    { id },
  );
  return new Map(slideJob.results.edges.map(({ node }) => [node.slide.name, node.fileUrl]));
}
