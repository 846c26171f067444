import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import {
  type Checkpoint,
  checkContinues,
  readCheckpoint,
  scoredWeights,
  writeCheckpoint,
} from "@tessera/training/checkpoint";
import { readSafetensors, writeSafetensors } from "@tessera/training/safetensors";
import { describe, expect, it } from "vitest";

const tensor = (shape: number[], data: number[]) => ({ shape, data: Float32Array.from(data) });

describe("safetensors", () => {
  const file = {
    tensors: new Map([
      ["b", tensor([2, 2], [1, 2, 3, Number.NaN])],
      ["a", tensor([], [-0])],
    ]),
    metadata: { k: "é" },
  };

  it("gives back what was written, and equal bytes for equal content", () => {
    const bytes = writeSafetensors(file);
    const back = readSafetensors(bytes);
    expect(back.tensors.get("b")).toEqual(file.tensors.get("b"));
    expect(Object.is(back.tensors.get("a")!.data[0], -0)).toBe(true);
    expect(back.metadata).toEqual({ k: "é" });
    const reversed = { ...file, tensors: new Map([...file.tensors].reverse()) };
    expect(writeSafetensors(reversed)).toEqual(bytes);
  });

  it("lies as the format says: length, JSON header, then data by offsets", () => {
    const bytes = Buffer.from(writeSafetensors(file));
    const headerLength = Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString("utf8", 8, 8 + headerLength));
    expect(header.b).toEqual({ dtype: "F32", shape: [2, 2], data_offsets: [4, 4 + 4 * 4] });
    expect(bytes.readFloatLE(8 + headerLength + header.b.data_offsets[0] + 2 * 4)).toBe(3);
    expect((8 + headerLength) % 8).toBe(0);
    expect(bytes.length).toBe(8 + headerLength + 5 * 4);
  });

  it.each([
    { what: "a file that was cut off", bytes: (all: Buffer) => all.subarray(0, -1), says: "cut off" },
    { what: "a header that was cut off", bytes: (all: Buffer) => all.subarray(0, 20), says: "cut off" },
    { what: "an empty file", bytes: () => Buffer.alloc(0), says: "at least 8 bytes" },
    { what: "a header that is not JSON", bytes: (all: Buffer) => Buffer.from(all).fill("x", 8, 16), says: "not JSON" },
    {
      what: "another type",
      bytes: (all: Buffer) => Buffer.from(all.toString("latin1").replace('"F32"', '"F64"'), "latin1"),
      says: "dtype F64",
    },
  ])("refuses $what", ({ bytes, says }) => {
    expect(() => readSafetensors(bytes(Buffer.from(writeSafetensors(file))))).toThrow(says);
  });
});

describe("checkpoint", () => {
  const checkpoint: Checkpoint = {
    state: {
      configuration: segmentationDefaults,
      seed: 3,
      trainItems: 10,
      step: 7,
      epoch: 2,
      epochLoss: 0.1 + 0.2, // not representable in few digits: JSON keeps it
      validationScore: null,
      best: { step: 4, epoch: 1, validationScore: 0.5, sha256: "0".repeat(64) },
    },
    weights: new Map([["head/kernel", tensor([1, 2], [1, 2])]]),
    optimizer: new Map([["beta1Power", tensor([], [0.9])]]),
  };

  it("gives back what was written", () => {
    expect(readCheckpoint(writeCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it("keeps the score's former name in the file, in its place: older checkpoints are read, and continued ones are equal", () => {
    const bytes = writeCheckpoint(checkpoint);
    const { state } = readSafetensors(bytes).metadata;
    expect(state).toContain(`"validationDice":null,"best":{"step":4,"epoch":1,"validationDice":0.5,"sha256"`);
    expect(state).not.toContain("validationScore");
    expect(writeCheckpoint(readCheckpoint(bytes))).toEqual(bytes);
  });

  it("holds averaged weights beside the weights, where there are any", () => {
    const both = { ...checkpoint, average: new Map([["head/kernel", tensor([1, 2], [3, 4])]]) };
    expect(readCheckpoint(writeCheckpoint(both))).toEqual(both);
    expect(scoredWeights(both)).toBe(both.average);
    expect(scoredWeights(checkpoint)).toBe(checkpoint.weights);
  });

  it("continues a run that began before its configuration had all of today's fields", () => {
    const { name, learningRate, schedule } = segmentationDefaults.optimizer;
    const old = { ...segmentationDefaults, optimizer: { name, learningRate, schedule } } as typeof segmentationDefaults;
    const before = { ...checkpoint, state: { ...checkpoint.state, configuration: old } };
    checkContinues(before, { configuration: segmentationDefaults, seed: 3, trainItems: 10 });
    const averaged = { ...segmentationDefaults, optimizer: { ...segmentationDefaults.optimizer, emaDecay: 0.9 } };
    expect(() => checkContinues(before, { configuration: averaged, seed: 3, trainItems: 10 })).toThrow("emaDecay");
  });

  it("is refused where it is a plain safetensors file", () => {
    const plain = writeSafetensors({ tensors: checkpoint.weights, metadata: {} });
    expect(() => readCheckpoint(plain)).toThrow("tessera-checkpoint");
  });

  it("continues the same run, whatever the order of its configuration's keys", () => {
    const reordered = Object.fromEntries(Object.entries(segmentationDefaults).reverse()) as typeof segmentationDefaults;
    checkContinues(checkpoint, { configuration: reordered, seed: 3, trainItems: 10 });
    expect(() => checkContinues(checkpoint, { configuration: reordered, seed: 4, trainItems: 10 })).toThrow(
      "another seed: 3, now 4",
    );
    expect(() => checkContinues(checkpoint, { configuration: reordered, seed: 3, trainItems: 9 })).toThrow(
      "trainItems",
    );
  });
});
