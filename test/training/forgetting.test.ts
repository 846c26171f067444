/** Forgetting: scores that the run itself reported, and those of weights put together by hand. */
import { forgetting as rules } from "@tessera/domain/inspections/forgetting";
import { initEngine } from "@tessera/engine/backend";
import { type NamedWeights, readWeights, writeWeights } from "@tessera/models/weights/named";
import { readCheckpoint, scoredWeights } from "@tessera/training/checkpoint";
import { forgetting } from "@tessera/training/inspections/forgetting";
import type { Given } from "@tessera/training/inspections/given";
import { type InspectedRun, inspectedRun } from "@tessera/training/inspections/inspectedRun";
import { beforeAll, expect, it } from "vitest";
import { Session, tiny, tinyItems } from "./support/session.ts";

const id = (digit: number) => `${digit}0000000-0000-4000-8000-000000000000`;
const [earlierRunId, laterRunId] = [id(1), id(2)];
const none = () => Promise.reject(new Error("not asked for"));

/** A run of the tiny task whose best checkpoint has these weights. */
function runWith(runId: string, weights: NamedWeights): InspectedRun {
  const parts = { checkpoint: none, startingWeights: none, importedWeights: none, itemsAt: none, masks: null };
  const run = inspectedRun({
    runId,
    configuration: tiny,
    seed: 1,
    classes: 1,
    exclusive: false,
    items: tinyItems,
    ...parts,
  });
  const model = async () => {
    const built = run.randomModel(3);
    writeWeights(built, weights);
    return built;
  };
  return { ...run, model };
}
const ask = async (earlier: NamedWeights, later: NamedWeights) => {
  const told: [number, number][] = [];
  const runs = [runWith(earlierRunId, earlier), runWith(laterRunId, later)];
  const run = (runId: string) => runs.find((each) => each.runId === runId)!;
  const files = { picture: none, storePicture: none, readBlob: none, storeBlob: none };
  const unused = { bagRun: () => expect.fail("no bags"), bags: () => expect.fail("no bags"), freeBytes: () => 0 };
  const given: Given = { ...files, ...unused, run, progress: (done, total) => void told.push([done, total]) };
  const result = await forgetting(rules.parse({ earlierRunId, laterRunId }), given);
  expect(told.at(-1)).toEqual([2 * tinyItems.validation.length, 2 * tinyItems.validation.length]);
  return result;
};
const copied = (weights: NamedWeights): NamedWeights =>
  new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));

let trained: NamedWeights;
let fresh: NamedWeights;
let reported: number;
beforeAll(async () => {
  await initEngine({ threads: 1 });
  const session = new Session();
  await session.run();
  const best = session.of("checkpoint").findLast(({ kind }) => kind === "best")!;
  reported = best.validationScore!;
  trained = copied(scoredWeights(readCheckpoint(session.blobs.get(best.sha256)!)));
  const run = runWith(earlierRunId, trained);
  const model = run.randomModel(99);
  fresh = copied(readWeights(model));
  model.dispose();
});

it("nothing is forgotten where the encoder is the same, and the earlier score is what the run reported", async () => {
  const { metric, earlierScore, laterScore, items } = await ask(trained, trained);
  expect([metric, items]).toEqual(["Dice", 5]);
  expect(earlierScore).toBeCloseTo(reported, 5);
  expect(laterScore).toBe(earlierScore);
});

it("another encoder scores as the two put together by hand: its encoder, the earlier run's decoder and head", async () => {
  const result = await ask(trained, fresh);
  const isEncoder = (name: string) =>
    name.startsWith("encoder/") || name.startsWith("bottom/") || name.startsWith("bottleneck/");
  const together = new Map([...trained].map(([name, weight]) => [name, isEncoder(name) ? fresh.get(name)! : weight]));
  expect(result.replaced).toBe([...trained.keys()].filter(isEncoder).length);
  expect(result.replaced + result.kept).toBe(trained.size);
  const direct = await ask(together, together);
  expect(result.laterScore).toBeCloseTo(direct.earlierScore!, 6);
  expect(result.laterScore).not.toBeCloseTo(result.earlierScore!, 2);
});

it("needs two runs of one architecture", () => {
  expect(() => rules.parse({ earlierRunId, laterRunId: earlierRunId })).toThrow("another run than the earlier");
  const deeper = { ...tiny, model: { ...tiny.model, depth: 3, skips: [true, true, true] } };
  expect(() => rules.checkRuns!({ earlierRunId, laterRunId }, [tiny, deeper])).toThrow("model.depth differs");
  expect(() => rules.checkRuns!({ earlierRunId, laterRunId }, [tiny, { ...tiny, epochs: 9 }])).not.toThrow();
});
