/** The board of a cross-validation and its form for bags, in a real browser in front of a real api. */
import { milDefaults } from "@tessera/domain/configuration/milRun";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { splitItems } from "@tessera/store/splits";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantExperiment, startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { holdsInEveryLook } from "./support/screens.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

const bags = 20;
const truthOf = (place: number) => (place % 2 === 0 ? ([1, 0] as const) : ([0, 1] as const));
/** Of 20 bags: attention is wrong of 1, 2, 0, 1, 2 in the five repeats, gated attention of 2, 1, 2, 1, 2 more. */
const wrongOf = (arm: string, repeat: number) => (repeat % 3) + (arm === "attention" ? 0 : 1 + (repeat % 2));

describe.skipIf(lacking("crossValidation.test.ts"))("the board of a cross-validation", () => {
  let world: World;
  let visitor: Visitor;
  let experimentId: string;

  async function plant(): Promise<string> {
    const { teamId, db } = world.database;
    const items = Array.from({ length: bags }, (_, place) => ({
      ...{ name: `bag ${place}`, subject: `p${place}`, regionPixels: [], classValues: truthOf(place) },
      fold: (["train", "validation", "test"] as const)[place % 3]!,
    }));
    const made = await plantExperiment(world, teamId, {
      ...{ name: "Bags", seeds: [], items, arms: [{ name: "one", changes: {} }], classes: ["0", "1"], exclusive: true },
    });
    const place = new Map(made.items.map(({ id }, at) => [id, at]));
    const model = { ...milDefaults.model, convolution: "lenet" };
    const { data, errors } = await world.graphql<{ createCrossValidation: { id: string } }>(
      world.tokens.researcher,
      "mutation ($input: CreateCrossValidationInput!) { createCrossValidation(input: $input) { id } }",
      {
        input: {
          ...{ projectName: "Bags", name: "Gate", question: "Does a gate help?", labelVersionId: made.labelVersion.id },
          ...{ folds: 4, repeats: 5, seed: 1, base: { ...milDefaults, model, choose: "last" } },
          arms: [
            { name: "attention", changes: { model: { attention: "plain" } } },
            { name: "gated attention", changes: {} },
          ],
        },
      },
    );
    if (!data) throw new Error(JSON.stringify(errors));
    for (;;) {
      const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 600 });
      if (!run) return data.createCrossValidation.id;
      const tested = (await db.asTeam(teamId, (sql) => splitItems(sql, teamId, run.splitId))).filter(({ fold }) => fold === "test"); // biome-ignore format: one line
      const predictions = tested.map(({ itemId }) => {
        const at = place.get(itemId)!;
        const truth = truthOf(at);
        const isWrong = at < wrongOf(run.arm, Math.floor(run.seed / 100));
        const positive = (truth[1] === 1) !== isWrong ? 0.8 : 0.2;
        return { itemId, truth: [...truth], probabilities: [1 - positive, positive] };
      });
      await ingest(db, {
        ...{ teamId, runId: run.id, attempt: run.attempt, sequence: 1 },
        events: [
          { type: "evaluation", fold: "test", checkpointStep: 1, size: 4, threshold: 0.5, items: [], predictions },
        ],
      });
      await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
    }
  }

  beforeAll(async () => {
    world = await startWorld();
    experimentId = await plant();
    visitor = await visit(world);
  });

  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  });

  it("says mean and SD over repeats, the standard error by its name, and what arms differ by with its interval", async () => {
    const page = await visitor.open(`/experiments/${experimentId}?tab=folds`);
    const table = page.locator("main table");
    const row = (arm: string) => table.getByRole("row").filter({ has: page.getByText(arm, { exact: true }) });
    await table.getByText("Standard error (SD / √repeats)").waitFor();
    // (19 + 18 + 20 + 19 + 18) / 100, and 1.6 bags of 20 less, with t of 4 degrees of freedom
    await expect
      .poll(() => row("attention").innerText())
      .toMatch(/0\.940 ± 0\.042\s+0\.019\s+the reference\s+5\s+20\s+20 of 20/);
    await expect.poll(() => row("gated attention").innerText()).toMatch(/0\.860 ± 0\.0\d\d\s+0\.0\d\d\s+−0\.080 \(−0\.114 to −0\.046\), worse/); // biome-ignore format: one line
    await picture(page, "cross-validation");
    await holdsInEveryLook(page, [["Cross-validation", "Accuracy by arm"]]);
    await picture(page, "cross-validation-dark-390");
    await page.getByRole("tab", { name: "Design" }).click();
    await page.getByText("Convolutions on tiles").first().waitFor();
    await page.getByText("Epoch that is scored").first().waitFor();
    await picture(page, "design-dark-390");
    await page.close();
    expect(visitor.told).toEqual([]);
  });
});
