import { withChanges } from "@tessera/domain/configuration/grid";
import { optimizers, schedules } from "@tessera/domain/configuration/optimizer";
import { parseSegmentation, segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { describe, expect, it } from "vitest";
import {
  armChanges,
  armConfiguration,
  type DraftArm,
  isUsed,
  withField,
} from "../../apps/web/src/features/newExperiment/draft.ts";
import { allFields } from "../../apps/web/src/features/newExperiment/fields.ts";

const base = { ...segmentationDefaults };
const chosen = optimizers.flatMap((name) => schedules.map((schedule) => ({ name, schedule })));

describe("the form's options", () => {
  it.each(chosen)("of $name with $schedule are those of the domain, at its values", ({ name, schedule }) => {
    const form = withField(withField(base, "optimizer.name", name), "optimizer.schedule", schedule);
    const given = { ...base, optimizer: { name, schedule, learningRate: base.optimizer.learningRate } };
    const parsed = parseSegmentation(given);
    expect(form).toEqual(parsed);
    const shown = allFields.filter((field) => field.path.startsWith("optimizer.") && isUsed(field, form));
    expect(shown.map(({ path }) => path).sort()).toEqual(
      Object.keys(parsed.optimizer)
        .map((field) => `optimizer.${field}`)
        .sort(),
    );
  });

  it("go and come with a choice, and stay where it is chosen again", () => {
    const sgd = withField(withField(base, "optimizer.name", "sgd"), "optimizer.momentum", 0.99);
    expect(withField(sgd, "optimizer.name", "sgd")).toEqual(sgd);
    expect(withField(sgd, "optimizer.name", "adam")).toEqual(base);
  });
});

it("an arm is checked as the api will make it, in whatever order its changes were chosen", () => {
  const sgd = { ...withField(base, "optimizer.name", "sgd") };
  const changes = [
    { path: "optimizer.weightDecay", value: 0.1 },
    { path: "optimizer.name", value: "adamw" },
  ];
  const arm: DraftArm = { key: 1, name: "a", weights: { kind: "random" }, changes };
  const sent = parseSegmentation(withChanges(sgd, armChanges(arm, sgd)));
  expect(sent.optimizer).toMatchObject({ name: "adamw", weightDecay: 0.1, decayed: "kernels" });
  expect(armConfiguration(arm, sgd)).toEqual(sent);
});
