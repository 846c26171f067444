/** How much each share of a transfer study is, where subjects have several items: what the board says is what a worker gives its runs. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { transferStudyGrid } from "@tessera/domain/study/transferStudy";
import { claimRun } from "@tessera/store/claims";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jobOf } from "../../apps/worker/src/job.ts";
import type { SupervisorOptions } from "../../apps/worker/src/options.ts";
import { plantExperiment, startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** 12 training subjects of 1 to 4 items, 30 in all; then one item each. */
const sizes = Array.from({ length: 12 }, (_, i) => 1 + (i % 4));
const items = [...sizes, 1, 1, 1, 1].flatMap((size, i) =>
  Array.from({ length: size }, (_, k) => ({
    name: `film ${String(i).padStart(2, "0")} ${k}`,
    subject: `p${i}`,
    fold: i < 12 ? ("train" as const) : i < 14 ? ("validation" as const) : ("test" as const),
    regionPixels: [],
    classValues: i % 3 === 0 ? ([0, 1] as const) : ([1, 0] as const),
  })),
);
const fractions = [0.05, 0.25, 1];
const seeds = [1, 2, 3];

it("is in whole subjects, with the items that each seed's subjects have", async () => {
  const { db, teamId } = world.database;
  const arms = transferStudyGrid({
    arms: [
      { name: "random", startingWeights: { kind: "random" } },
      {
        name: "domain",
        startingWeights: { kind: "run", runId: "00000000-0000-4000-8000-000000000000", part: "encoder" },
      },
    ],
    fractions,
  });
  const base = { ...classificationDefaults, stepsPerEpoch: 10 };
  const made = await plantExperiment(world, teamId, {
    ...{ name: "Several", seeds, items, arms: arms.slice(0, fractions.length), base },
    ...{ classes: ["normal", "pneumonia"], exclusive: true },
  });
  const learnt = new Map<string, Set<string>[]>();
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
    if (!run) break;
    const job = await jobOf({ database: db, teamId, spoolDirectory: "/" } as unknown as SupervisorOptions, run);
    const train = job.items.filter(({ fold }) => fold === "train").map(({ itemId }) => itemId);
    const subjects = new Set(train.map((id) => made.items.find((item) => item.id === id)!.subject));
    // All of a subject's items, or none.
    const whole = made.items.filter(({ subject }) => subjects.has(subject)).map(({ id }) => id);
    expect(new Set(train)).toEqual(new Set(whole));
    expect(job.trainFold).toEqual({ items: 30, subjects: 12, learntSubjects: subjects.size });
    learnt.set(run.arm, [...(learnt.get(run.arm) ?? []), new Set(train)]);
  }
  // The second start is only there so that the arms are a study.
  await world.database
    .owner`update experiments set arms = ${world.database.owner.json(arms as never)} where id = ${made.experiment.id}`;
  const { data, errors } = await world.graphql<{ experiment: { split: object; transferStudy: Board } }>(
    world.tokens.viewer,
    `query ($id: UUID!) { experiment(id: $id) { split { trainItems trainSubjects }
      transferStudy { arms { cells { arm trainItems leastTrainItems mostTrainItems trainSubjects } } } } }`,
    { id: made.experiment.id },
  );
  expect(errors).toBeUndefined();
  const { split, transferStudy } = data!.experiment;
  expect(split).toEqual({ trainItems: 30, trainSubjects: 12 });
  const { cells } = transferStudy.arms[0]!;
  expect(cells.map(({ trainSubjects }) => trainSubjects)).toEqual([1, 3, 12]);
  for (const cell of cells) {
    const ofSeeds = learnt.get(cell.arm)!.map(({ size }) => size);
    expect(ofSeeds).toHaveLength(3);
    expect([cell.leastTrainItems, cell.mostTrainItems]).toEqual([Math.min(...ofSeeds), Math.max(...ofSeeds)]);
    expect(cell.trainItems).toBe(Math.round(ofSeeds.reduce((sum, each) => sum + each, 0) / 3));
  }
  expect(cells.some(({ leastTrainItems, mostTrainItems }) => leastTrainItems < mostTrainItems)).toBe(true);
});

interface Board {
  readonly arms: readonly {
    readonly cells: readonly {
      readonly arm: string;
      readonly trainItems: number;
      readonly leastTrainItems: number;
      readonly mostTrainItems: number;
      readonly trainSubjects: number;
    }[];
  }[];
}
