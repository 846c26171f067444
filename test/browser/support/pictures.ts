/** @file Synthetic items with planted truth, and predictions of them that err by a known shift; counts come from the pixels. */
import type { ItemCounts } from "@tessera/domain/events";
import { openImaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { putBlob } from "@tessera/store/blobs";
import type { Database } from "@tessera/store/database";
import { endoscopyItem } from "@tessera/synthetic/endoscopy";

export const side = 160;

export interface PlantedPicture {
  readonly name: string;
  readonly subject: string;
  readonly imageSha256: string;
  readonly maskSha256: string;
  /** [side*side], 0 or 1. */
  readonly mask: Uint8Array;
  readonly regionPixels: number;
}

/** The mask moved by (dx, dy) pixels. */
export function shifted(mask: Uint8Array, dx: number, dy: number): Uint8Array {
  const moved = new Uint8Array(mask.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [x - dx, y - dy];
      if (u >= 0 && v >= 0 && u < side && v < side) moved[y * side + x] = mask[v * side + u]!;
    }
  }
  return moved;
}

export function counts(
  truth: Uint8Array,
  predicted: Uint8Array,
): Pick<ItemCounts, "truePositives" | "falsePositives" | "falseNegatives" | "trueNegatives"> {
  const all = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  truth.forEach((value, at) => {
    const said = predicted[at] === 1;
    if (value === 1) all[said ? "truePositives" : "falseNegatives"] += 1;
    else all[said ? "falsePositives" : "trueNegatives"] += 1;
  });
  return all;
}

export interface Pictures {
  plant(index: number): Promise<PlantedPicture>;
  /** Stores a mask as PNG; its hash. */
  storeMask(mask: Uint8Array): Promise<string>;
  close(): Promise<void>;
}

export function openPictures(db: Database, objects: Objects, teamId: string): Pictures {
  const imaging = openImaging({ processes: 2 });
  /** Many runs say the same of an item; its mask is drawn once. */
  const stored = new Map<string, Promise<string>>();
  const store = async (bytes: Buffer | Uint8Array, mediaType: string) => {
    const { sha256, size } = await objects.put(teamId, Buffer.from(bytes));
    await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size, mediaType }));
    return sha256;
  };
  return {
    async plant(index) {
      const item = endoscopyItem({ seed: 7, index, size: side });
      return {
        name: item.name,
        subject: item.subject,
        imageSha256: await store(await imaging.encodeImage(item.rgb, side, side, "jpeg"), "image/jpeg"),
        maskSha256: await store(await imaging.encodeMask(item.mask, side, side), "image/png"),
        mask: item.mask,
        regionPixels: item.mask.reduce((sum, value) => sum + value, 0),
      };
    },
    storeMask(mask) {
      const key = Buffer.from(mask).toString("latin1");
      const known = stored.get(key);
      if (known) return known;
      const made = imaging.encodeMask(mask, side, side).then((png) => store(png, "image/png"));
      stored.set(key, made);
      return made;
    },
    close: () => imaging.close(),
  };
}
