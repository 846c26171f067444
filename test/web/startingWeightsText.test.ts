import { startingWeightsText } from "@tessera/web/features/experiment/changesText";
import { expect, it } from "vitest";

it("starting weights in words, of every kind", () => {
  const run = { kind: "run", runId: "r" };
  const imported = { kind: "imported", weightsId: "w" };
  expect([
    startingWeightsText({ kind: "random" }),
    startingWeightsText(undefined),
    startingWeightsText({ ...run, part: "encoder" }),
    startingWeightsText({ ...run, part: "firstBlocks", blocks: 2 }),
    startingWeightsText({ ...imported, part: "all" }),
    startingWeightsText({ kind: "statistics", of: imported, part: "encoder" }),
    startingWeightsText({ kind: "statistics", of: run, part: "all" }),
  ]).toEqual([
    "starts from random weights",
    "starts from random weights",
    "starts from an earlier run (encoder)",
    "starts from an earlier run (first 2 blocks)",
    "starts from imported weights (all layers)",
    "starts from the statistics of imported weights (encoder)",
    "starts from the statistics of an earlier run (all layers)",
  ]);
});
