import { deviceFromEnvironment, findLibrary } from "@tessera/engine/library";
import { expect, it } from "vitest";

it.each([
  [undefined, "cpu"],
  ["", "cpu"],
  ["cpu", "cpu"],
  ["cuda", "cuda"],
])("takes TESSERA_DEVICE=%s as %s", (asked, device) => {
  expect(deviceFromEnvironment({ TESSERA_DEVICE: asked })).toBe(device);
});

it("refuses another word, naming both", () => {
  expect(() => deviceFromEnvironment({ TESSERA_DEVICE: "gpu" })).toThrow('expected cpu or cuda, got "gpu"');
});

it("looks for the CUDA build in a folder of its own", () => {
  expect(() => findLibrary("cuda", { TESSERA_CACHE: "/nowhere" })).toThrow("/nowhere/tensorflow-cuda-");
});
