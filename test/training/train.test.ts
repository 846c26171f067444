import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { countedThresholds } from "@tessera/domain/measures";
import { readCheckpoint } from "@tessera/training/checkpoint";
import type { TrainOutcome } from "@tessera/training/train";
import { beforeAll, describe, expect, it } from "vitest";
import { Session, tiny, tinyItems } from "./support/session.ts";

const steps = 9; // 3 epochs of 3 steps
const whole = new Session();

beforeAll(async () => {
  expect(await whole.run()).toBe("succeeded");
});

/** Runs support/trainProcess.ts, which trains as `whole` did, and gives what it prints. */
async function inAnotherProcess(): Promise<{ losses: [number, number][]; final: string }> {
  const path = fileURLToPath(new URL("./support/trainProcess.ts", import.meta.url));
  const child = fork(path, [], { execArgv: ["--import", "tsx"], serialization: "advanced" });
  return new Promise((resolve, reject) => {
    child.on("message", (message) => resolve(message as never));
    child.on("exit", (code) => reject(new Error(`exited with ${code}`)));
  });
}

describe("a whole run", () => {
  it("reports one loss per step, and the epoch's series at its last step", () => {
    expect(whole.points("train/loss").map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const series of [
      "validation/dice",
      "validation/loss",
      "train/epochLoss",
      "schedule/learningRate",
      "system/stepMs",
      "system/waitMs",
      "system/peakBytes",
    ]) {
      expect(
        whole.points(series).map(([step]) => step),
        series,
      ).toEqual([3, 6, 9]);
    }
    const losses = whole.points("train/loss").map(([, loss]) => loss);
    expect(whole.points("train/epochLoss")[0]![1]).toBe((losses[0]! + losses[1]! + losses[2]!) / 3);
  });

  it("learns", () => {
    const losses = whole.points("train/epochLoss").map(([, loss]) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });

  it("lets the learning rate fall along a cosine", () => {
    const cosine = (step: number) => 0.5 * 1e-2 * (1 + Math.cos((Math.PI * step) / steps));
    expect(whole.points("schedule/learningRate")).toEqual([
      [3, cosine(2)],
      [6, cosine(5)],
      [9, cosine(8)],
    ]);
  });

  it("shows the same validation items in every epoch", () => {
    const samples = whole.of("sample");
    expect(samples).toHaveLength(5 * 3); // 5 validation items, fewer than 6
    const ofEpoch = (epoch: number) => samples.filter((sample) => sample.epoch === epoch).map(({ itemId }) => itemId);
    expect(ofEpoch(1)).toEqual(ofEpoch(3));
    for (const { sha256 } of samples) expect(whole.blobs.has(sha256)).toBe(true);
  });

  it("leaves a latest checkpoint per epoch, and the best by validation Dice, the earlier of equals", () => {
    const latest = whole.of("checkpoint").filter(({ kind }) => kind === "latest");
    expect(latest.map(({ step, epoch }) => [step, epoch])).toEqual([
      [3, 1],
      [6, 2],
      [9, 3],
    ]);
    const dice = whole.points("validation/dice").map(([, value]) => value);
    const best = whole.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    expect(best.epoch).toBe(dice.indexOf(Math.max(...dice)) + 1);
    expect(best.validationScore).toBe(Math.max(...dice));
  });

  it("sends a checkpoint together with the points that lead to it", () => {
    for (const batch of whole.batches) {
      const checkpoint = batch.find((event) => event.type === "checkpoint");
      const validated = batch.find((event) => event.type === "points" && event.series === "validation/loss");
      expect(validated !== undefined).toBe(checkpoint !== undefined);
    }
  });

  it("scores validation and test once, from the best checkpoint, with counts that fill the image", () => {
    const evaluations = whole.of("evaluation");
    expect(evaluations.map(({ fold }) => fold)).toEqual(["validation", "test"]);
    const best = whole.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    for (const { items, checkpointStep, fold } of evaluations) {
      expect(checkpointStep).toBe(best.step);
      expect(items.map(({ itemId }) => itemId)).toEqual(tinyItems[fold].map(({ itemId }) => itemId));
      for (const [index, counts] of items.entries()) {
        const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
        expect(truePositives + falsePositives + falseNegatives + trueNegatives).toBe(16 * 16);
        const truth = tinyItems[fold][index]!.mask.reduce((sum, pixel) => sum + pixel, 0);
        expect(truePositives + falseNegatives).toBe(truth);
        const predicted = whole.blobs.get(counts.predictionSha256)!;
        expect(predicted.reduce((sum, pixel) => sum + pixel, 0)).toBe(truePositives + falsePositives);
        expect(counts.truthComponents).toBe(1);
        const at = counts.thresholdCounts!;
        expect(at.thresholds).toEqual(countedThresholds);
        const own = at.thresholds.indexOf(tiny.threshold);
        expect([at.truePositives[own], at.falsePositives[own]]).toEqual([truePositives, falsePositives]);
        for (const each of [at.truePositives, at.falsePositives]) expect(each).toEqual([...each].sort((a, b) => b - a));
        expect(at.falsePositives[0]).toBeGreaterThan(at.falsePositives.at(-1)!);
      }
    }
    const dice = evaluations[0]!.items.map(
      (c) => (2 * c.truePositives) / (2 * c.truePositives + c.falsePositives + c.falseNegatives),
    );
    expect(dice.reduce((a, b) => a + b) / dice.length).toBeCloseTo(best.validationScore!, 12);
  });
});

describe("the same seed", () => {
  it("gives the same curve and weights in another process, bit for bit", async () => {
    const other = await inAnotherProcess();
    expect(other.losses).toEqual(whole.points("train/loss"));
    expect(other.final).toBe(whole.latest().sha256);
  });

  it("and another seed another curve", async () => {
    const other = new Session();
    await other.run({ seed: 2 }, 3);
    expect(other.points("train/loss")[0]![1]).not.toBe(whole.points("train/loss")[0]![1]);
  });
});

describe("halting and continuing", () => {
  let ended: Promise<TrainOutcome>;

  // shouldStop is asked before each step and before each of the two validation batches: 3 + 2 times per epoch.
  it.each([
    { when: "before the first step", asked: 0, step: 0 },
    { when: "in the middle of an epoch", asked: 2, step: 2 },
    { when: "between the last step of an epoch and its validation", asked: 3, step: 3 },
    { when: "within validation", asked: 4, step: 3 },
    { when: "after an epoch", asked: 5, step: 3 },
    { when: "in the last epoch", asked: 12, step: 8 },
  ])("$when: the rest is as if it had not halted", async ({ asked, step }) => {
    const first = new Session();
    expect(await first.run({}, asked)).toBe("stopped");
    const second = new Session(first.blobs);
    const resume = step === 0 ? null : first.latest();
    if (resume) expect(resume.step).toBe(step);
    expect(await second.run({ resume: resume?.bytes ?? null })).toBe("succeeded");
    for (const series of ["train/loss", "validation/dice", "validation/loss", "train/epochLoss"]) {
      expect([...first.points(series), ...second.points(series)], series).toEqual(whole.points(series));
    }
    expect(second.latest().sha256).toBe(whole.latest().sha256); // weights, slots and position
    expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
  });

  it("while testing: scores when continued, and not what is scored already", async () => {
    const first = new Session();
    expect(await first.run({}, 3 * 5, "cancel")).toBe("cancelled");
    expect(first.of("evaluation")).toEqual([]);
    const second = new Session(first.blobs);
    await second.run({ resume: first.latest().bytes });
    expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
    const third = new Session(first.blobs);
    expect(await third.run({ resume: first.latest().bytes, scored: ["validation", "test"] })).toBe("succeeded");
    expect(third.of("evaluation")).toEqual([]);
    expect(third.points("train/loss")).toEqual([]);
  });

  it("checkpoints within an epoch continue exactly too", async () => {
    const first = new Session();
    await first.run({ checkpointEverySteps: 2 });
    const middle = first.of("checkpoint").find(({ step }) => step === 2)!;
    expect(middle).toMatchObject({ kind: "latest", epoch: 0, validationScore: null });
    const second = new Session(first.blobs);
    await second.run({ resume: first.blobs.get(middle.sha256)! });
    expect(second.points("train/loss")).toEqual(whole.points("train/loss").slice(2));
    expect(second.points("train/epochLoss")).toEqual(whole.points("train/epochLoss"));
    expect(second.latest().sha256).toBe(whole.latest().sha256);
  });

  it.each([
    { fold: "train", during: "the first batch", step: 0 },
    { fold: "validation", during: "validation", step: 3 },
    { fold: "test", during: "the test", step: steps },
  ] as const)("cancels while it waits for the items of $during", async ({ fold, step }) => {
    const session = new Session();
    const halting = new AbortController();
    await new Promise<void>((reading, failed) => {
      /** Never there, as where a decoder or a disk is stuck. */
      const read = () => {
        reading();
        return new Promise<never>(() => undefined);
      };
      const outcome = session.run({
        items: { ...tinyItems, [fold]: tinyItems[fold].map((item) => ({ ...item, read })) },
        halting: halting.signal,
        shouldStop: () => (halting.signal.aborted ? "cancel" : null),
      });
      outcome.catch(failed);
      ended = outcome;
    });
    halting.abort("cancel");
    expect(await ended).toBe("cancelled");
    expect(session.of("checkpoint").findLast(({ kind }) => kind === "latest")?.step ?? 0).toBe(step);
  });

  it("refuses the checkpoint of a run with another configuration", async () => {
    const configuration = { ...tiny, epochs: 4 };
    await expect(new Session().run({ configuration, resume: whole.latest().bytes })).rejects.toThrow(
      "another configuration",
    );
  });
});

describe("starting weights", () => {
  it("take the encoder over and say what was loaded", async () => {
    const session = new Session();
    const configuration = {
      ...tiny,
      startingWeights: { kind: "run", runId: "00000000-0000-4000-8000-000000000000", part: "encoder" },
    } as const;
    await session.run({ configuration, startingWeights: whole.latest().bytes }, 1);
    const { weights } = readCheckpoint(whole.latest().bytes);
    const encoder = [...weights.keys()].filter((name) => name.startsWith("encoder/"));
    const said = session.of("log").find(({ message }) => message.startsWith("Starting weights"))!;
    expect(said.message).toContain(`${encoder.length} loaded`);
    for (const name of encoder) expect(said.message).toContain(name);
    expect(session.points("train/loss")[0]![1]).not.toBe(whole.points("train/loss")[0]![1]);
  });

  it("say what was skipped, where the model is deeper", async () => {
    const session = new Session();
    const model = { ...tiny.model, depth: 3, skips: [true, true, true] };
    const startingWeights = { kind: "run", runId: "00000000-0000-4000-8000-000000000000", part: "encoder" } as const;
    await session.run({ configuration: { ...tiny, model, startingWeights }, startingWeights: whole.latest().bytes }, 0);
    expect(session.of("log").find(({ level }) => level === "warning")!.message).toMatch(/skipped: encoder\/level3/);
  });
});

describe("what goes wrong is said", () => {
  it("a loss that is not finite: step, learning rate, and what to try", async () => {
    const session = new Session();
    const optimizer = { ...tiny.optimizer, schedule: "constant", learningRate: 1e30 } as const;
    const model = { ...tiny.model, normalization: "none" } as const;
    const run = session.run({ configuration: { ...tiny, model, optimizer } });
    await expect(run).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringMatching(/at step \d+ .*1e\+30.*ten times lower/),
    });
    expect(session.points("train/loss").at(-1)![1]).not.toSatisfy(Number.isFinite); // the curve shows it
  });

  it("a fold without items", async () => {
    await expect(new Session().run({ items: { ...tinyItems, test: [] } })).rejects.toThrow("no item in test");
  });
});
