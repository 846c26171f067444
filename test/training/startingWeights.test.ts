/** Runs that start from imported weights, from their statistics, and from the first blocks of a run. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { StartingWeights } from "@tessera/domain/configuration/training";
import type { WeightsReport } from "@tessera/domain/weights/report";
import { readSafetensors } from "@tessera/domain/weights/safetensors";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { readCheckpoint } from "@tessera/training/checkpoint";
import type { TrainingItem } from "@tessera/training/items";
import { openNetwork } from "@tessera/training/network";
import { start } from "@tessera/training/startingWeights";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { Session } from "./support/session.ts";

const size = 32;
const model = { family: "mobilenetV1", size, alpha: 0.25 } as const;
const files = mobilenetFile({ ...model, classes: 5 }, { "block2/pointwise": 3 });
const source = readSafetensors(files.weights).tensors;

function item(index: number): TrainingItem {
  const random = keyedRandom({ seed: 5, epoch: 0, index });
  const image = Uint8Array.from({ length: size * size * 3 }, () => 255 * random());
  const itemId = `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
  return {
    itemId,
    classValues: index % 2 === 0 ? [1, 0] : [0, 1],
    read: async () => ({ image, mask: new Uint8Array() }),
  };
}
const fold = (from: number, count: number) => Array.from({ length: count }, (_, i) => item(from + i));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 8), validation: fold(8, 4), test: fold(12, 4) };

const id = "00000000-0000-4000-8000-000000000000";
const imported = { kind: "imported", weightsId: id } as const;
const base = { ...classificationDefaults, model, batchSize: 4, epochs: 1, threads: 1 };

/** The weights before the first step, what was said, and the stored report. */
async function started(startingWeights: StartingWeights, seed = 1, checkpoint: Uint8Array | null = null) {
  const configuration = { ...base, startingWeights };
  const task = taskOf(configuration, { classes: 2, exclusive: true });
  const network = openNetwork(task, seed);
  let stored: Uint8Array | undefined;
  const storeBlob = async (bytes: Uint8Array) => {
    stored = bytes;
    return "0".repeat(64);
  };
  const importedWeights = checkpoint === null ? files : undefined;
  const events = await start(
    { configuration, seed, items, importedWeights, startingWeights: checkpoint, storeBlob },
    network,
  );
  const weights = new Map([...network.state().weights].map(([name, { data }]) => [name, data.slice()]));
  network.dispose();
  const report = stored && (JSON.parse(Buffer.from(stored).toString()) as WeightsReport);
  return {
    weights,
    report: report!,
    said: events.map((event) => (event.type === "log" ? event.message : "")).join("\n"),
  };
}

beforeAll(() => initEngine({ threads: 1 }));

describe("imported weights", () => {
  let imports: Awaited<ReturnType<typeof started>>;
  beforeAll(async () => {
    imports = await started({ ...imported, part: "encoder" });
  });

  it("are the network's kernels, with batch normalisation that gives the folded bias on the training images", () => {
    expect(imports.weights.get("stem/conv/kernel")).toEqual(source.get("stem/conv/k")!.data);
    const [beta, mean] = ["beta", "movingMean"].map((name) => imports.weights.get(`stem/conv/norm/${name}`));
    for (const [channel, bias] of source.get("stem/conv/b")!.data.entries()) {
      expect(beta![channel]! - mean![channel]!).toBeCloseTo(bias, 5);
    }
    expect(mean!.some((value) => Math.abs(value) > 1e-3)).toBe(true);
  });

  it("are reported in a line and a file: loaded, adapted, skipped, dead filters", () => {
    const { report, said } = imports;
    expect([report.loaded.length, report.adapted.length]).toEqual([27, 27 * 4]);
    expect(report.skipped).toEqual([]); // the head was not asked for
    expect(report.deadFilters.find(({ layer }) => layer === "block2/pointwise")).toMatchObject({ quantised: 3 });
    expect(said).toContain("27 loaded, 108 adapted, 0 skipped");
    expect(said).toContain("dead filters of block2/pointwise: 3 of 32");
  });

  it("start all seeds alike but for the head", async () => {
    const other = await started({ ...imported, part: "encoder" }, 2);
    const differ = [...imports.weights].filter(([name, data]) => String(data) !== String(other.weights.get(name)));
    expect(differ.map(([name]) => name)).toEqual(["head/kernel"]);
  });

  it("give their statistics alone: the scale of every channel, and other numbers for every seed", async () => {
    const [a, b] = [
      await started({ kind: "statistics", of: imported, part: "encoder" }),
      await started({ kind: "statistics", of: imported, part: "encoder" }, 2),
    ];
    expect(a.report.loaded).toEqual([]);
    expect(a.report.adapted[0]!.how).toContain(
      "drawn anew with the mean and variance of the source's: kernels by output channel",
    );
    const kernel = "block13/pointwise/kernel";
    const [drawn, given] = [a.weights.get(kernel)!, source.get("block13/pointwise/k")!.data];
    expect(drawn).not.toEqual(given);
    expect(b.weights.get(kernel)).not.toEqual(drawn);
    const power = (values: Float32Array) => values.reduce((sum, value) => sum + value ** 2, 0);
    expect(power(drawn) / power(given)).toBeCloseTo(1, 1);
    const quiet = a.weights.get("block2/pointwise/kernel")!.filter((_, i) => i % 32 < 3);
    expect(quiet.every((value) => value === 0)).toBe(true); // a channel without variance has none again
  });
});

it("the first blocks of a run are its own, and the rest is random", async () => {
  const whole = new Session();
  await whole.run({ configuration: base, seed: 3, items, classes: 2, exclusive: true }, 1);
  const { bytes } = whole.latest();
  const earlier = readCheckpoint(bytes).weights;
  const { weights: fresh } = await started({ kind: "random" }, 7);
  const { weights, report } = await started({ kind: "run", runId: id, part: "firstBlocks", blocks: 2 }, 7, bytes);
  expect(report.loaded).toHaveLength(5 + 10);
  for (const [name, data] of weights) {
    expect(data, name).toEqual(/^(stem|block1)\//.test(name) ? earlier.get(name)!.data : fresh.get(name));
  }
});

it("a run tells of them in its log, and stores the report", async () => {
  const session = new Session();
  const configuration = { ...base, startingWeights: { ...imported, part: "encoder" } as const };
  await session.run({ configuration, items, classes: 2, exclusive: true, importedWeights: files }, 1);
  const [, sha256] = session
    .of("log")
    .map(({ message }) => /^Report of the starting weights, whole at \/files\/([0-9a-f]{64}): 27 loaded/.exec(message))
    .find((found) => found !== null)!;
  expect(JSON.parse(Buffer.from(session.blobs.get(sha256!)!).toString())).toHaveProperty("deadFilters");
});
