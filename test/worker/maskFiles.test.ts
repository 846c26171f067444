import { openImaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { openMaskFiles } from "@tessera/worker/measurements/maskFiles";
import { afterAll, describe, expect, it } from "vitest";

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

const filesOf = async (indices: number[], stored: number, classes: number) => {
  const { png } = await imaging.encodeClassMask(Uint8Array.from(indices), 2, 2, stored);
  const objects = { read: async () => png } as unknown as Objects;
  return openMaskFiles({ objects, imaging, teamId: "t" }, { size: 2, classes });
};
const rows = (masks: Uint8Array[]) => masks.map((mask) => [...mask]);

describe("masks of several classes", () => {
  it("are read as one mask per class, stored ones and sent ones alike", async () => {
    const files = await filesOf([0, 1, 2, 2], 2, 2);
    for (const read of [files.read, files.readSent]) {
      expect(rows(await read("sha", "the mask"))).toEqual([
        [0, 1, 0, 0],
        [0, 0, 1, 1],
      ]);
    }
  });

  it("that were sent with values of no class are refused", async () => {
    await expect((await filesOf([0, 1, 2, 3], 3, 2)).readSent("sha", "the predicted mask")).rejects.toThrow(
      "the predicted mask: The mask has the value 3, which is no class",
    );
    await expect((await filesOf([0, 1, 1, 1], 1, 2)).readSent("sha", "the predicted mask")).rejects.toThrow(
      "value 255",
    );
  });
});

it("masks of one class are 0 and 1", async () => {
  const files = await filesOf([0, 1, 1, 0], 1, 1);
  expect(rows(await files.read("sha", "the mask"))).toEqual([[0, 1, 1, 0]]);
  expect(rows(await files.readSent("sha", "the mask"))).toEqual([[0, 1, 1, 0]]);
});
