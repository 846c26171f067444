/** What runs say of single items is kept from whoever is yet to read them blind, by every way; sums over items stay. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantClassification } from "./classifiedWorld.ts";
import { handMadeAnswer, plantClassifier } from "./heatmapsWorld.ts";
import { blindReader } from "./member.ts";
import { mask, plantDrawn } from "./scoredWorld.ts";
import { sha, startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function ask<Data>(token: string, query: string, variables: Record<string, unknown>): Promise<Data> {
  const { data, errors } = await world.graphql<Data>(token, query, variables);
  expect(errors).toBeUndefined();
  return data!;
}
/** Of the experiment of an item's newest label version. */
const schemaOf = async (runId: string) => {
  const [row] = await world.database.owner<{ schemaId: string }[]>`
    select v.schema_id as "schemaId" from runs r join label_versions v on v.id = r.label_version_id where r.id = ${runId}`;
  return row!.schemaId;
};

describe("masks", () => {
  const square = mask([2, 2, 6, 6]);
  const pieces = mask([2, 2, 6, 6], [12, 12, 2, 2]);
  const everywhere = `query ($experiment: UUID!, $runs: [UUID!]!, $run: UUID!, $item: UUID!) {
    run(id: $run) {
      evaluation { meanDice itemScores { totalCount edges { node { item { id } truePositives } } } }
      samples { item { id } }
    }
    experiment(id: $experiment) { comparison(armA: "A", armB: "B") { items { item { id } } } }
    scoredSet(runIds: $runs) {
      items regionSizes { points { itemId } } contiguity { gallery { item { id } } } item(itemId: $item) { predictions { dice } }
    } }`;
  interface Named {
    readonly item: { readonly id: string };
  }
  interface Everywhere {
    readonly run: {
      readonly evaluation: { readonly meanDice: number; readonly itemScores: { readonly totalCount: number; readonly edges: readonly { readonly node: Named }[] } };
      readonly samples: readonly Named[];
    };
    readonly experiment: { readonly comparison: { readonly items: readonly Named[] } };
    readonly scoredSet: {
      readonly items: number;
      readonly regionSizes: { readonly points: readonly { readonly itemId: string }[] };
      readonly contiguity: { readonly gallery: readonly Named[] };
      readonly item: object | null;
    };
  } // biome-ignore format: as the query

  it("are in no list, board, sample or comparison; means and counts are those of everybody", async () => {
    const { teamId, owner } = world.database;
    const items = ["one", "two", "three"].map((name) => ({ name, fold: "test" as const, truth: [square] }));
    const arms = { A: () => ({ sure: pieces }), B: () => ({ sure: square }) };
    const planted = await plantDrawn(world, teamId, { name: "drawn", items, arms, seeds: [0, 1] });
    await planted.measure();
    const item = planted.idOf.get("two")!;
    const [run] = planted.runIds("A");
    await owner`
      insert into run_samples (team_id, run_id, attempt, epoch, step, item_id, sha256, dice)
      select ${teamId}, ${run!}, 1, 1, 1, id, ${planted.prediction}, 0.5 from items where id = any(${[...planted.idOf.values()]}::uuid[])`;
    const reader = await blindReader(world, { schemaId: await schemaOf(run!), itemId: item });
    const variables = { experiment: planted.experiment.id, runs: planted.runIds(), run, item };

    const listsOf = ({ run: of, experiment, scoredSet }: Everywhere) => ({
      itemScores: of.evaluation.itemScores.edges.map(({ node }) => node.item.id),
      samples: of.samples.map((each) => each.item.id),
      comparison: experiment.comparison.items.map((each) => each.item.id),
      regionSizes: scoredSet.regionSizes.points.map(({ itemId }) => itemId),
      gallery: scoredSet.contiguity.gallery.map((each) => each.item.id),
    });
    const all = await ask<Everywhere>(world.tokens.researcher, everywhere, variables);
    for (const [list, ids] of Object.entries(listsOf(all))) expect(ids, list).toContain(item);
    expect(all.scoredSet.item).not.toBeNull();

    const blind = await ask<Everywhere>(reader.token, everywhere, variables);
    for (const [list, ids] of Object.entries(listsOf(blind))) {
      expect(ids, list).not.toContain(item);
      expect(new Set(ids).size, list).toBe(2);
    }
    expect(blind.scoredSet.item).toBeNull();
    expect(blind.run.evaluation.itemScores.totalCount).toBe(2);
    expect(blind.run.evaluation.meanDice).toBe(all.run.evaluation.meanDice);
    expect(blind.scoredSet.items).toBe(3);
    // asked again by somebody who is not blind: what is remembered is not what the blind reader was shown
    expect(await ask<Everywhere>(world.tokens.researcher, everywhere, variables)).toEqual(all);
  });
});

describe("classes", () => {
  it("have neither truth nor probabilities there, nor a row of explained items", async () => {
    const { teamId } = world.database;
    const planted = await plantClassification(world, teamId, { seeds: [0] });
    const [run, item] = [planted.runIds[0]!, planted.itemIds[3]!];
    const reader = await blindReader(world, { schemaId: await schemaOf(run), itemId: item, name: "Two" });
    const query = `query ($run: UUID!) { run(id: $run) { evaluation { auc predictions(first: 3) { totalCount
      pageInfo { endCursor } edges { node { item { id } truth probabilities } } } } } }`;
    interface Predicted {
      readonly run: { readonly evaluation: { readonly auc: number; readonly predictions: { readonly totalCount: number; readonly edges: readonly { readonly node: { readonly item: { readonly id: string } } }[] } } };
    } // biome-ignore format: as the query
    const seenBy = async (token: string) => (await ask<Predicted>(token, query, { run })).run.evaluation;
    const [all, blind] = [await seenBy(world.tokens.viewer), await seenBy(reader.token)];
    expect([all.predictions.totalCount, blind.predictions.totalCount]).toEqual([7, 6]);
    expect(all.predictions.edges.map(({ node }) => node.item.id)).toContain(item); // 0.35 of a true one: among the worst
    expect(blind.predictions.edges.map(({ node }) => node.item.id)).not.toContain(item);
    expect(blind.auc).toBe(all.auc);
  });

  it("are not told by heatmaps", async () => {
    const planted = await plantClassifier(world);
    const { itemIds, runId, labelVersionId } = planted;
    const asked = await ask<{ inspectHeatmaps: { id: string } }>(
      world.tokens.researcher,
      "mutation ($input: InspectHeatmapsInput!) { inspectHeatmaps(input: $input) { id } }",
      { input: { runId } },
    );
    const images = itemIds.map(() => sha("image"));
    await planted.answer(handMadeAnswer({ itemIds, images, picture: sha("map"), maskVersionId: labelVersionId }));
    const [first] = itemIds;
    const reader = await blindReader(world, { schemaId: await schemaOf(runId), itemId: first!, name: "Three" });
    const query = `query ($id: UUID!) { inspection(id: $id) { heatmaps { items { item { id } truth } } } }`;
    interface Explained {
      readonly inspection: { readonly heatmaps: { readonly items: readonly { readonly item: { readonly id: string } }[] } };
    } // biome-ignore format: as the query
    const seenBy = async (token: string) => {
      const { inspection } = await ask<Explained>(token, query, { id: asked.inspectHeatmaps.id });
      return inspection.heatmaps.items.map(({ item }) => item.id);
    };
    expect(await seenBy(world.tokens.viewer)).toContain(first);
    expect(await seenBy(reader.token)).not.toContain(first);
    expect((await seenBy(reader.token)).length).toBe((await seenBy(world.tokens.viewer)).length - 1);
  });
});
