import { isBetter } from "@tessera/training/better";
import { expect, it } from "vitest";

const best = { step: 3, epoch: 1, validationScore: 0.8, sha256: "" };

it.each([
  {
    now: { score: 0.9, loss: 9 },
    before: { validationLoss: 1 },
    better: true,
    why: "a higher score, whatever the loss",
  },
  { now: { score: 0.7, loss: 0 }, before: { validationLoss: 1 }, better: false, why: "a lower one" },
  { now: { score: 0.8, loss: 0.9 }, before: { validationLoss: 1 }, better: true, why: "equal, and a lower loss" },
  { now: { score: 0.8, loss: 1 }, before: { validationLoss: 1 }, better: false, why: "equal in both: the earlier" },
  { now: { score: 0.8 }, before: {}, better: false, why: "equal where the loss does not decide" },
  { now: { score: 0.8, loss: 0 }, before: {}, better: false, why: "a checkpoint from before the loss decided" },
  { now: { score: 0.8, loss: Number.NaN }, before: { validationLoss: 1 }, better: false, why: "a loss that is none" },
  { now: { score: null, loss: 0 }, before: { validationLoss: 1 }, better: false, why: "no score" },
  { now: { score: 0 }, before: { validationScore: null }, better: true, why: "a score after none" },
])("$why: $better", ({ now, before, better }) => {
  expect(isBetter(now, { ...best, ...before })).toBe(better);
});

it("takes the first epoch, even without a score", () => {
  expect(isBetter({ score: null }, null)).toBe(true);
});
