/** The weights that an inspection is given, and feature reuse of nets whose answer is known. */
import { type ClassificationConfiguration, classificationDefaults } from "@tessera/domain/configuration/classification";
import type { ImageConfiguration } from "@tessera/domain/configuration/run";
import { type FeatureReuseResult, featureReuse as rules } from "@tessera/domain/inspections/featureReuse";
import type { WeightTime } from "@tessera/domain/inspections/inspection";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { type NamedWeights, readWeights } from "@tessera/models/weights/named";
import { type Checkpoint, readCheckpoint } from "@tessera/training/checkpoint";
import { featureReuse } from "@tessera/training/inspections/featureReuse";
import type { Given } from "@tessera/training/inspections/given";
import { inspect } from "@tessera/training/inspections/inspect";
import { type InspectedRun, inspectedRun } from "@tessera/training/inspections/inspectedRun";
import { itemInMemory, type TrainingItem } from "@tessera/training/items";
import { openNetwork } from "@tessera/training/network";
import { start } from "@tessera/training/startingWeights";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { Session, tiny, tinyItems } from "./support/session.ts";

beforeAll(() => initEngine({ threads: 1 }));

const size = 32;
const id = (digit: number) => `${digit}0000000-0000-4000-8000-000000000000`;
const model = { family: "mobilenetV1", size, alpha: 0.25 } as const;
const classes = { classes: 2, exclusive: true } as const;
const random: ClassificationConfiguration = { ...classificationDefaults, model, batchSize: 4, epochs: 1, threads: 1 };

function item(index: number): TrainingItem {
  const draw = keyedRandom({ seed: 5, epoch: 0, index });
  const [level, strength] = [80 + 80 * draw(), 80 * draw()];
  const image = Uint8Array.from({ length: size * size * 3 }, () => level + strength * draw());
  const held = itemInMemory(id(1).slice(0, 24) + index.toString(16).padStart(12, "0"), {
    image,
    mask: new Uint8Array(),
  });
  return { ...held, classValues: index % 2 === 0 ? [1, 0] : [0, 1] };
}
const fold = (from: number, count: number) => Array.from({ length: count }, (_, i) => item(from + i));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 8), validation: fold(8, 24), test: fold(40, 4) };

interface Parts {
  readonly configuration?: ImageConfiguration;
  readonly seed?: number;
  readonly checkpoint?: Uint8Array;
  readonly startingWeights?: Uint8Array;
}
const files = mobilenetFile({ ...model, classes: 5 }, { "block2/pointwise": 3 });

const runOf = (runId: string, { configuration = random, seed = 1, checkpoint, startingWeights }: Parts): InspectedRun =>
  inspectedRun({
    ...(configuration.task === "classification" ? classes : { classes: 1, exclusive: false }),
    runId,
    configuration,
    seed,
    items: configuration.task === "classification" ? items : tinyItems,
    itemsAt: () => Promise.reject(new Error("one size only")),
    checkpoint: async () => checkpoint!,
    startingWeights: async () => startingWeights ?? null,
    importedWeights: async () => files,
    masks: null,
  });

const given = (...runs: readonly InspectedRun[]): Given & { readonly told: [number, number][] } => {
  const told: [number, number][] = [];
  const none = () => Promise.reject(new Error("no files"));
  return {
    told,
    run: (runId) => runs.find((each) => each.runId === runId)!,
    bagRun: () => expect.fail("no bags"),
    bags: () => expect.fail("no bags"),
    freeBytes: () => 0,
    picture: none,
    storePicture: none,
    readBlob: none,
    storeBlob: none,
    progress: (done, total) => void told.push([done, total]),
  };
};

async function weightsOf(run: InspectedRun, at: WeightTime) {
  const built = await run.model(at);
  const weights = plain(readWeights(built));
  built.dispose();
  return weights;
}
const plain = (weights: NamedWeights) => new Map([...weights].map(([name, { data }]) => [name, data.slice()]));

describe("a run's weights", () => {
  it.each(["random", "imported", "statistics", "run"])(
    "at the start are those before its first step: %s",
    async (kind) => {
      const source = { kind: "imported", weightsId: id(2), part: "all" } as const;
      const startingWeights = {
        random: { kind: "random" },
        imported: source,
        statistics: { kind: "statistics", of: { kind: "imported", weightsId: id(2) }, part: "encoder" },
        run: { kind: "run", runId: id(3), part: "firstBlocks", blocks: 2 },
      }[kind] as ClassificationConfiguration["startingWeights"];
      const configuration = { ...random, startingWeights };
      const checkpoint = kind === "run" ? checkpointOf(await trained({ seed: 9, configuration: random })) : null;
      const network = openNetwork(taskOf(configuration, classes), 4);
      const storeBlob = async () => "0".repeat(64);
      await start(
        { configuration, seed: 4, items, startingWeights: checkpoint, importedWeights: files, storeBlob },
        network,
      );
      const before = plain(network.state().weights);
      network.dispose();
      const run = runOf(id(1), { configuration, seed: 4, ...(checkpoint && { startingWeights: checkpoint }) });
      expect(await weightsOf(run, "start")).toEqual(before);
    },
  );

  it("at the end are those that its best checkpoint is scored by", async () => {
    const configuration = { ...tiny, epochs: 1, optimizer: { ...tiny.optimizer, emaDecay: 0.9 } };
    const session = new Session();
    await session.run({ configuration });
    const bytes = checkpointOf(session);
    const { average } = readCheckpoint(bytes) as Required<Checkpoint>;
    expect(await weightsOf(runOf(id(1), { configuration, checkpoint: bytes }), "end")).toEqual(plain(average));
  });
});

async function trained({ seed, configuration }: { seed: number; configuration: ClassificationConfiguration }) {
  const session = new Session();
  await session.run({ ...classes, configuration, seed, items });
  return session;
}
function checkpointOf(session: Session): Uint8Array {
  const best = session.events.findLast((event) => event.type === "checkpoint" && event.kind === "best");
  return session.blobs.get((best as { sha256: string }).sha256)!;
}

const unbiased = ({ similarities }: FeatureReuseResult) => similarities.find((each) => each.estimator === "unbiased")!;
const above = (result: FeatureReuseResult) => {
  const { values, randomHigh } = unbiased(result);
  return result.blocksA.map((_, i) => values[i]![i]! > randomHigh[i]![i]!);
};
const asked = (a: string, b: string) => rules.parse({ a: { runId: a, at: "start" }, b: { runId: b, at: "start" } });

describe("feature reuse", () => {
  it("of equal nets is 1 and above both nulls; nothing has travelled", async () => {
    const all = given(runOf(id(1), { seed: 6 }), runOf(id(2), { seed: 6 }));
    const result = await featureReuse(asked(id(1), id(2)), all);
    expect(all.told.at(-1)).toEqual([42, 42]);
    expect({ items: result.items, draws: result.draws, batch: result.batch }).toEqual({
      items: 24,
      draws: 20,
      batch: 12,
    });
    for (const { values, shuffledHigh, estimator } of result.similarities) {
      for (const [i, row] of values.entries()) {
        expect(row[i], `${estimator} ${result.blocksA[i]}`).toBeCloseTo(1, 9);
        expect(shuffledHigh[i]![i]!).toBeLessThan(0.95);
      }
    }
    expect(above(result)).toEqual(result.blocksA.map(() => true));
    for (const { distance, randomDistance } of result.distances!) {
      expect(distance).toBe(0);
      expect(randomDistance).toBeGreaterThan(0);
    }
  });

  it("of independent random nets stays inside what such nets reach", async () => {
    let [outside, cells] = [0, 0];
    for (const seed of [11, 13, 17, 19]) {
      const result = await featureReuse(
        asked(id(1), id(2)),
        given(runOf(id(1), { seed }), runOf(id(2), { seed: seed + 1 })),
      );
      const { values, randomHigh } = unbiased(result);
      for (const [i, row] of values.entries()) {
        for (const [j, value] of row.entries()) {
          cells++;
          if (value! > randomHigh[i]![j]!) outside++;
        }
      }
    }
    expect(outside / cells).toBeLessThan(0.15); // 0.05 in the long run; cells of one net go together
  });

  it("of a net that has the first two blocks of another is in these blocks and dies out after them", async () => {
    const checkpoint = checkpointOf(await trained({ seed: 9, configuration: random }));
    const startingWeights = { kind: "run", runId: id(3), part: "firstBlocks", blocks: 2 } as const;
    const source = runOf(id(3), { seed: 9, checkpoint });
    const target = runOf(id(1), {
      seed: 4,
      configuration: { ...random, startingWeights },
      startingWeights: checkpoint,
    });
    const request = rules.parse({ a: { runId: id(3), at: "end" }, b: { runId: id(1), at: "start" } });
    const result = await featureReuse(request, given(source, target));
    const { values } = unbiased(result);
    expect(result.blocksA.slice(0, 2)).toEqual(["stem", "block1"]);
    expect(values[0]![0]).toBeCloseTo(1, 6);
    expect(values[1]![1]).toBeCloseTo(1, 6);
    expect(values.at(-1)!.at(-1)!).toBeLessThan(0.9);
    expect(result.distances!.map(({ distance }) => distance === 0).slice(0, 3)).toEqual([true, true, false]);
  });

  it("between nets of other architectures has no distances, and refuses too few items", async () => {
    const other = { ...random, model: { family: "cbr", size, net: "tiny" } } as const;
    const all = given(runOf(id(1), {}), runOf(id(2), { configuration: other }));
    const result = await featureReuse({ ...asked(id(1), id(2)), items: 10 }, all);
    expect(result).toMatchObject({ distances: null, items: 10, batch: 5 });
    expect([result.blocksA.length, result.blocksB.length]).toEqual([14, 4]);
    const few = runOf(id(1), { configuration: tiny });
    const request = { a: { runId: id(1), at: "start" }, b: { runId: id(1), at: "end" } };
    await expect(inspect("featureReuse", request, given(few), 1)).rejects.toThrow(
      "5 validation items; CKA needs at least 8",
    );
    await expect(inspect("dreams" as never, request, given(few), 1)).rejects.toThrow(
      "older than inspections of dreams",
    );
  });
});
