/** What each hop of a chain is worth, on arms that were scored: against means and intervals computed here from the planted numbers. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { TrainerEvent } from "@tessera/domain/events";
import { randomStream } from "@tessera/domain/random";
import { type ClaimedRun, claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantExperiment, startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const seeds = [1, 2, 3, 4, 5];
const tests = 12;
const truthOf = (item: number) => (item % 3 === 0 ? [0, 1] : [1, 0]) as [0 | 1, 0 | 1];

/** What an arm's scores are drawn around. The cuts, statistics and longer runs must not be taken for the arm of their source. */
const quality: Readonly<Record<string, number>> = {
  "cut of hop 1": 0.1,
  "statistics of hop 1": 0.15,
  "from hop 1": 0.5,
  "from hop 2": 0.8,
  random: 0.2,
  "longer from hop 2": 0.9,
};

/** The truth by one task: events of a run, and its score, by formulas of this file alone. */
const tasks = {
  Dice: {
    base: segmentationDefaults,
    counts: (run: Drawn, item: number) => {
      const hit = Math.round(600 * drawn(run, item));
      return { truePositives: hit, falsePositives: 40 + item, falseNegatives: 600 - hit, trueNegatives: 9000 };
    },
    score(run: Drawn): number {
      const dice = Array.from({ length: tests }, (_, item) => {
        const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = this.counts(run, item);
        return (2 * tp) / (2 * tp + fp + fn);
      });
      return dice.reduce((sum, each) => sum + each, 0) / tests;
    },
  },
  AUC: {
    base: classificationDefaults,
    probability: ({ arm, seed }: Drawn, item: number) => {
      const noise = randomStream("gains", arm, seed, item).normal();
      return Math.fround(1 / (1 + Math.exp(-3 * (quality[arm] ?? 0.5) * truthOf(item)[1] - noise)));
    },
    score(run: Drawn): number {
      const places = Array.from({ length: tests }, (_, item) => item);
      const pairs = places.flatMap((p) =>
        places.filter((n) => truthOf(p)[1] === 1 && truthOf(n)[1] === 0).map((n) => [p, n]),
      );
      const won = pairs.map(([p, n]) => Math.sign(this.probability(run, p!) - this.probability(run, n!)) / 2 + 0.5);
      return won.reduce((sum, each) => sum + each, 0) / pairs.length;
    },
  },
};
type Task = keyof typeof tasks;
type Drawn = Pick<ClaimedRun, "arm" | "seed">;
const drawn = ({ arm, seed }: Drawn, item: number) => {
  const random = randomStream("gains", arm, seed, item);
  return Math.min(1, Math.max(0, (quality[arm] ?? 0.5) + 0.08 * random.normal()));
};

/** 95 % of Student's t with 4 degrees of freedom. */
const t4 = 2.7764451051977987;
function expectedGain(task: Task, before: string, after: string) {
  const each = seeds.map((seed) => tasks[task].score({ arm: after, seed }) - tasks[task].score({ arm: before, seed }));
  const mean = each.reduce((sum, d) => sum + d, 0) / 5;
  const half = t4 * Math.sqrt(each.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 4 / 5);
  return { estimate: mean, low: mean - half, high: mean + half };
}

async function plantChain(task: Task) {
  const { db, teamId, owner } = world.database;
  const { base } = tasks[task];
  const exclusive = task === "AUC" ? true : null;
  const classes = task === "AUC" ? ["normal", "pneumonia"] : ["polyp"];
  const planted = (name: string) =>
    plantExperiment(world, teamId, {
      ...{ name: `${task} ${name}`, seeds: [0], arms: [{ name, changes: {} }], classes, exclusive, base },
      items: Array.from({ length: 4 + tests }, (_, i) => ({
        name: `${name} ${String(i).padStart(2, "0")}`,
        subject: `${name} p${i}`,
        fold: i < 2 ? ("train" as const) : i < 4 ? ("validation" as const) : ("test" as const),
        regionPixels: exclusive ? [] : [400],
        ...(exclusive && { classValues: truthOf(i - 4 + 6) }),
      })),
    });
  const first = await planted("hop 1");
  const second = await planted("hop 2");
  const target = await planted("target");
  const runOf = async (id: string) =>
    (await owner<{ id: string }[]>`select id from runs where experiment_id = ${id}`)[0]!.id;
  const [hop1, hop2] = [await runOf(first.experiment.id), await runOf(second.experiment.id)];

  /** Trains what is queued, each run scored as its arm is worth. */
  const train = async () => {
    for (;;) {
      const run = await claimRun(db, { teamId, workerId: target.worker.id, leaseSeconds: 60 });
      if (!run) return;
      const at = { teamId, runId: run.id, attempt: run.attempt };
      const best = { step: 5, epoch: 1, sha256: target.prediction, validationScore: 0.5 };
      const events: TrainerEvent[] = [{ type: "checkpoint", kind: "best", ...best }];
      if (run.arm in quality) events.push(scored(task, run, target.items.slice(4), target.prediction));
      await ingest(db, { ...at, sequence: 1, events });
      await endAttempt(db, { ...at, outcome: "succeeded" });
    }
  };
  await train();
  const from = (runId: string, more: object = { part: "encoder" }) => ({
    startingWeights: { kind: "run", runId, ...more },
  });
  await owner`
    update runs set starting_run_id = ${hop1}, configuration = configuration || ${owner.json(from(hop1))} where id = ${hop2}`;
  const statistics = { kind: "statistics", of: { kind: "run", runId: hop1 }, part: "encoder" };
  const { data, errors } = await world.graphql<{ createExperiment: { runs: { id: string; arm: string }[] } }>(
    world.tokens.researcher,
    "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { runs { id arm } } }",
    {
      input: {
        ...{ projectName: "P", name: `${task} gains`, question: "?", base, seeds },
        ...{ labelVersionId: target.labelVersion.id, splitId: target.split.id },
        arms: [
          { name: "cut of hop 1", changes: from(hop1, { part: "firstBlocks", blocks: 1 }) },
          { name: "statistics of hop 1", changes: { startingWeights: statistics } },
          { name: "longer from hop 2", changes: { ...from(hop2), epochs: 77 } },
          { name: "from hop 2", changes: from(hop2) },
          { name: "from hop 1", changes: from(hop1) },
          { name: "random", changes: {} },
        ],
      },
    },
  );
  expect(errors).toBeUndefined();
  await train();
  const id = (arm: string) => data!.createExperiment.runs.find((run) => run.arm === arm)!.id;
  return { hop1, hop2, id };
}

function scored(task: Task, run: ClaimedRun, items: readonly { id: string }[], sha256: string): TrainerEvent {
  const about = { type: "evaluation", fold: "test", checkpointStep: 5, size: 64, threshold: 0.5 } as const;
  if (task === "Dice") {
    const rest = { classIndex: 0, truthComponents: 1, predictedComponents: 1, predictionSha256: sha256 };
    const counted = items.map(({ id }, i) => ({ itemId: id, ...tasks.Dice.counts(run, i), ...rest }));
    return { ...about, items: counted };
  }
  const predictions = items.map(({ id }, i) => {
    const present = tasks.AUC.probability(run, i);
    return { itemId: id, truth: truthOf(i), probabilities: [1 - present, present] };
  });
  return { ...about, items: [], predictions };
}

interface Gain {
  readonly metric: string;
  readonly armBefore: string;
  readonly armAfter: string;
  readonly difference: { readonly estimate: number; readonly low: number; readonly high: number };
}
async function gainsOf(id: string) {
  const { data, errors } = await world.graphql<{
    run: { lineage: { nodes: { run: { id: string } | null; gain: Gain | null }[] } };
  }>(
    world.tokens.viewer,
    `query ($id: UUID!) { run(id: $id) { lineage { nodes { run { id } gain { metric armBefore armAfter
      difference { estimate low high seeds items verdict } } } } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return data!.run.lineage.nodes;
}

describe.each(["Dice", "AUC"] as const)("the gain per hop in %s", (task) => {
  let chain: Awaited<ReturnType<typeof plantChain>>;
  beforeAll(async () => {
    chain = await plantChain(task);
  });

  it("is the paired difference of the arms that start one hop apart, with Student's interval", async () => {
    const nodes = await gainsOf(chain.id("from hop 2"));
    expect(nodes.map(({ run }) => run?.id ?? null)).toEqual([null, chain.hop1, chain.hop2, chain.id("from hop 2")]);
    const [start, first, second, target] = nodes.map(({ gain }) => gain);
    expect([start, target]).toEqual([null, null]);
    for (const [gain, before, after] of [
      [first!, "random", "from hop 1"],
      [second!, "from hop 1", "from hop 2"],
    ] as const) {
      expect(gain).toMatchObject({ metric: task, armBefore: before, armAfter: after });
      expect(gain.difference).toMatchObject({ seeds: 5, items: tests });
      const expected = expectedGain(task, before, after);
      expect(gain.difference.estimate).toBeCloseTo(expected.estimate, 6);
      expect(gain.difference.low).toBeCloseTo(expected.low, 6);
      expect(gain.difference.high).toBeCloseTo(expected.high, 6);
    }
    expect(first!.difference.estimate).toBeGreaterThan(0.05);
    expect(first!.difference.high - first!.difference.low).toBeGreaterThan(0.01);
  });

  it("is of as much of the hop as the target takes, and of its statistics where it takes these", async () => {
    const cut = (await gainsOf(chain.id("cut of hop 1")))[1]!.gain!;
    expect([cut.armBefore, cut.armAfter]).toEqual(["random", "cut of hop 1"]);
    expect(cut.difference.estimate).toBeCloseTo(expectedGain(task, "random", "cut of hop 1").estimate, 6);
    const statistics = (await gainsOf(chain.id("statistics of hop 1")))[1]!.gain!;
    expect([statistics.armBefore, statistics.armAfter]).toEqual(["random", "statistics of hop 1"]);
  });
});
