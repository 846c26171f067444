import { completeOptimizer, type OptimizerConfiguration } from "@tessera/domain/configuration/optimizer";
import { learningRateAt } from "@tessera/training/schedule";
import { describe, expect, it } from "vitest";

const optimizer = (fields: object) =>
  completeOptimizer({ name: "adam", learningRate: 0.2, schedule: "constant", ...fields }) as OptimizerConfiguration;

/** The rates of 10 epochs of 10 steps. */
const rates = (fields: object) =>
  Array.from({ length: 100 }, (_, step) => learningRateAt(optimizer(fields), step, 100, 10));

describe("the learning rate", () => {
  it.each([
    { schedule: { schedule: "constant" }, at: { 0: 0.2, 99: 0.2 } },
    { schedule: { schedule: "cosine" }, at: { 0: 0.2, 50: 0.1, 75: 0.1 * (1 - Math.SQRT1_2) } },
    { schedule: { schedule: "polynomial" }, at: { 0: 0.2, 50: 0.2 * 0.5 ** 0.9, 99: 0.2 * 0.01 ** 0.9 } },
    { schedule: { schedule: "polynomial", power: 1 }, at: { 25: 0.15 } },
    { schedule: { schedule: "step", stepEpochs: 3, stepFactor: 0.5 }, at: { 29: 0.2, 30: 0.1, 59: 0.1, 60: 0.05 } },
  ])("of $schedule", ({ schedule, at }) => {
    const all = rates(schedule);
    for (const [step, rate] of Object.entries(at)) expect(all[Number(step)], `step ${step}`).toBeCloseTo(rate, 12);
    expect(all).toEqual([...all].sort((a, b) => b - a)); // never rises
  });

  it("rises along a line first, and reaches the base rate in the last step of the warm-up", () => {
    const all = rates({ schedule: "cosine", warmupEpochs: 1.5 });
    expect(all.slice(0, 15)).toEqual(Array.from({ length: 15 }, (_, step) => (0.2 * (step + 1)) / 15));
    expect(all[15]).toBe(0.2);
    expect(all[15 + 85 / 5]).toBeCloseTo(0.1 * (1 + Math.cos(Math.PI / 5)), 12); // a fifth of what is left
    expect(rates({ warmupEpochs: 10 }).at(-1)).toBe(0.2);
  });

  it("falls at the same epochs by steps, warm-up or not", () => {
    const step = { schedule: "step", stepEpochs: 3, stepFactor: 0.5 };
    expect(rates({ ...step, warmupEpochs: 1 }).slice(10)).toEqual(rates(step).slice(10));
  });
});
