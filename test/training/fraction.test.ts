/** @file A run of a part of its training fold, in epochs of a fixed length, stopped within a pass and within an epoch. */
import { beforeAll, describe, expect, it } from "vitest";
import { Session, tiny, tinyItems } from "./support/session.ts";

const items = { ...tinyItems, train: tinyItems.train.slice(0, 5) };
/** 2 epochs of 4 steps of 4 items: three passes of 5 items end within a batch, the fourth with the run. */
const configuration = { ...tiny, trainingFraction: 0.5, stepsPerEpoch: 4, epochs: 2 };
const given = { configuration, items, trainFold: { items: 10, subjects: 10, learntSubjects: 5 } };
const whole = new Session();

beforeAll(async () => {
  expect(await whole.run(given)).toBe("succeeded");
});

describe("a part of the training fold in epochs of a fixed length", () => {
  it("has as many steps as the configuration says, and says in its log what it learns from", () => {
    expect(whole.points("train/loss").map(([step]) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(whole.points("validation/dice").map(([step]) => step)).toEqual([4, 8]);
    const messages = whole.of("log").map(({ message }) => message);
    expect(messages).toContain("Learns from 5 of 10 training items, 4 steps per epoch, 2 epochs");
    const losses = whole.points("train/loss").map(([, loss]) => loss);
    expect(whole.points("train/epochLoss")[0]![1]).toBe((losses[0]! + losses[1]! + losses[2]! + losses[3]!) / 4);
  });

  it("continues within a pass bit for bit", async () => {
    const first = new Session();
    expect(await first.run(given, 2)).toBe("stopped"); // 8 of 5 + 3 items drawn: within the second pass
    const { bytes, step } = first.latest();
    expect(step).toBe(2);
    const second = new Session(first.blobs);
    await second.run({ ...given, resume: bytes });
    expect([...first.points("train/loss"), ...second.points("train/loss")]).toEqual(whole.points("train/loss"));
    expect(second.latest().sha256).toBe(whole.latest().sha256);
  });

  it("says so where it learns from some of the subjects, who have several items", async () => {
    const session = new Session();
    const trainFold = { items: 12, subjects: 4, learntSubjects: 2 };
    expect(await session.run({ ...given, trainFold }, 1)).toBe("stopped");
    const messages = session.of("log").map(({ message }) => message);
    expect(messages).toContain("Learns from 5 of 12 training items (2 of 4 subjects), 4 steps per epoch, 2 epochs");
    await expect(new Session().run({ ...given, trainFold: { ...trainFold, learntSubjects: 3 } })).rejects.toThrow(
      "3 of 4 training subjects",
    );
  });

  it("does not continue with another part, another length of epochs, or items that are not the part", async () => {
    const resume = whole.latest().bytes;
    const longer = { ...configuration, stepsPerEpoch: 5 };
    await expect(new Session().run({ ...given, configuration: longer, resume })).rejects.toThrow("stepsPerEpoch");
    const larger = { ...configuration, trainingFraction: 1 };
    await expect(new Session().run({ configuration: larger, items: tinyItems, resume })).rejects.toThrow(
      "trainingFraction",
    );
    await expect(new Session().run({ configuration, items: tinyItems })).rejects.toThrow("10 of 10 training subjects");
  });
});
