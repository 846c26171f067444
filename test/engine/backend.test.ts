import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { loadCApi } from "@tessera/engine/capi";
import { FLOAT, INT64, UINT8 } from "@tessera/engine/dataTypes";
import { findLibrary, libraryFiles, tensorflowVersion } from "@tessera/engine/library";
import { beforeAll, describe, expect, it } from "vitest";
import { thrown } from "./support/regression.ts";

describe("the library", () => {
  it("is found where the cache or TESSERA_TENSORFLOW says, else the message says what to do", () => {
    const directory = mkdtempSync(join(tmpdir(), "tessera-library-"));
    expect(thrown(() => findLibrary("cpu", { TESSERA_CACHE: directory }))).toMatchObject({
      code: "LIBRARY_NOT_FOUND",
      message: expect.stringContaining(
        join(directory, `tensorflow-cpu-${tensorflowVersion}-${process.platform}-${process.arch}`),
      ),
      details: { missing: [...libraryFiles] },
    });
    expect(thrown(() => findLibrary("cpu", { TESSERA_TENSORFLOW: directory }))).toMatchObject({
      message: expect.stringContaining("Correct TESSERA_TENSORFLOW"),
    });
    for (const file of libraryFiles) writeFileSync(join(directory, file), "not a library");
    expect(findLibrary("cpu", { TESSERA_TENSORFLOW: directory })).toBe(directory);
    expect(thrown(() => loadCApi(directory))).toMatchObject({ code: "LIBRARY_UNUSABLE" });
    rmSync(directory, { recursive: true });
  });
});

describe("the back end", () => {
  beforeAll(() => initEngine({ threads: 1 }));

  it("is started once", async () => {
    const engine = await initEngine({ threads: 1 });
    expect(await initEngine({ threads: 1 })).toBe(engine);
    expect(engine).toMatchObject({ version: tensorflowVersion, device: "cpu", threads: 1 });
    expect(engine.devices).toHaveLength(1);
    expect(tf.getBackend()).toBe("tensorflow");
    await expect(initEngine({ threads: 2 })).rejects.toMatchObject({ code: "ENGINE_STARTED" });
  });

  it("computes in every type that TensorFlow.js has", () => {
    expect([...tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync()]).toEqual([3, 3, 3, 3]);
    expect([...tf.tensor1d([7, 8], "int32").floorDiv(tf.scalar(2, "int32")).dataSync()]).toEqual([3, 4]);
    expect([...tf.tensor1d([1, 3]).greater(2).dataSync()]).toEqual([0, 1]);
    expect([...tf.abs(tf.complex([3, 0], [4, 1])).dataSync()]).toEqual([5, 1]);
    expect(tf.tensor1d(["ab", "ü"]).reshape([2, 1]).dataSync<"string">()).toEqual(["ab", "ü"]);
    expect([...tf.zeros([0, 3]).dataSync()]).toEqual([]);
  });

  it("passes bytes and 64-bit integers", () => {
    const { binding } = nodeBackend();
    const bytes = binding.createTensor([3], UINT8, Uint8Array.of(0, 7, 255));
    expect(binding.tensorDataSync(bytes)).toEqual(Uint8Array.of(0, 7, 255));
    const integers = binding.createTensor([2], INT64, BigInt64Array.of(5n, -(2n ** 40n)));
    expect(binding.tensorDataSync(integers)).toEqual(BigInt64Array.of(5n, -(2n ** 40n)));
    for (const id of [bytes, integers]) binding.deleteTensor(id);
  });

  it("says what is wrong, and goes on", () => {
    const { binding } = nodeBackend();
    const attempts = {
      "unknown operation": () => binding.executeOp("NoSuchOperation", [], [], 1),
      "shapes that do not fit": () =>
        tf.engine().runKernel("Concat", [tf.ones([2, 3]), tf.ones([3, 4])] as never, { axis: 0 }),
      "an input too few": () => binding.executeOp("MatMul", [], [], 1),
      "values of another length": () => binding.createTensor([3], FLOAT, new Float32Array(2)),
      "values of another type": () => binding.createTensor([3], FLOAT, new Int32Array(3)),
      "a tensor that is gone": () => binding.deleteTensor(123_456_789),
    };
    const codes = Object.entries(attempts).map(([what, body]) => [what, (thrown(body) as { code: string }).code]);
    expect(Object.fromEntries(codes)).toEqual({
      "unknown operation": "OPERATION_FAILED",
      "shapes that do not fit": "OPERATION_FAILED",
      "an input too few": "OPERATION_FAILED",
      "values of another length": "BAD_TENSOR",
      "values of another type": "BAD_TENSOR",
      "a tensor that is gone": "BAD_TENSOR",
    });
    expect([...tf.relu(tf.tensor1d([-1, 1])).dataSync()]).toEqual([0, 1]);
  });
});
