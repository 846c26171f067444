import { diceOfCounts, iouOfCounts } from "@tessera/analysis/dice";
import { squaredDistances } from "@tessera/analysis/segmentation/distanceTransform";
import { diceAtError } from "@tessera/analysis/segmentation/errorCurves";
import type { SurfaceDistances } from "@tessera/domain/measures";
import { describe, expect, it } from "vitest";
import { factsOf } from "./facts.ts";
import fixtures from "./fixtures/segmentation.json" with { type: "json" }; // MONAI and SciPy, by segmentation.py

const { width, height, cases } = fixtures;

/** From runs in reading order, background first. */
function maskOf(runs: readonly number[]): Uint8Array {
  const mask = new Uint8Array(width * height);
  let at = 0;
  runs.forEach((length, i) => {
    mask.fill(i % 2, at, at + length);
    at += length;
  });
  return mask;
}

/** Where MONAI has NaN or infinity (null in the fixture) ours is null, and nowhere else. */
function expectNear(ours: number | null, theirs: number | null, what: string): void {
  if (theirs === null) expect(ours, what).toBeNull();
  else expect(Math.abs(ours! - theirs), `${what}: ${ours} and ${theirs}`).toBeLessThanOrEqual(1e-4);
}

function expectDistances(ours: SurfaceDistances, theirs: SurfaceDistances, empty: boolean): void {
  for (const key of ["hd", "hd95", "assd"] as const) expectNear(ours[key], theirs[key], key);
  theirs.nsd.forEach((share, i) => {
    // MONAI: 0 where one mask is empty, NaN where both are. Ours is null for both; the metric's convention says 0 for one.
    if (empty) expect([ours.nsd[i], share || null]).toEqual([null, null]);
    else expectNear(ours.nsd[i]!, share, `nsd at ${i + 1}`);
  });
}

describe.each(cases)("$name", ({ spacing, truth, prediction, ...theirs }) => {
  const masks = [maskOf(truth), maskOf(prediction)] as const;
  const facts = factsOf(...masks, width, height, spacing);
  const { counts } = facts;
  const empty = !masks.every((mask) => mask.includes(1));

  it("has MONAI's overlap and distances", () => {
    // MONAI leaves every empty truth out; ours leaves out those of which the prediction is empty too.
    if (theirs.dice !== null) {
      expectNear(diceOfCounts(counts), theirs.dice, "dice");
      expectNear(iouOfCounts(counts), theirs.iou, "iou");
    }
    expectDistances(facts.prediction.distances, theirs.pixels, empty);
    if (theirs.mm) expectDistances(facts.prediction.distancesMm!, theirs.mm, empty);
  });

  it("has SciPy's pieces and holes", () => {
    expect(facts.prediction.topology).toMatchObject({ pieces: theirs.pieces, holes: theirs.holes });
  });

  it("has SciPy's distance transform and the error curves that follow from it", () => {
    const squared = squaredDistances(masks[0], width, height, spacing ?? undefined);
    theirs.transform?.forEach((distance, i) => {
      expectNear(Math.sqrt(squared[i * 97]!), distance, `distance at ${i * 97}`);
    });
    theirs.curves?.errors.forEach((e, i) => {
      for (const curve of ["eroded", "dilated", "shifted"] as const) {
        expectNear(diceAtError(facts.truth.errorCurves!, curve, e), theirs.curves![curve][i]!, `${curve} by ${e}`);
      }
    });
  });
});

it("reads every pixel of the planted masks", () => {
  const total = (runs: readonly number[]) => runs.reduce((sum, length) => sum + length, 0);
  expect(
    cases.every(({ truth, prediction }) => total(truth) === total(prediction) && total(truth) === width * height),
  ).toBe(true);
});
