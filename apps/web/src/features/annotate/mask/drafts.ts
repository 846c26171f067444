/** @file Drawings that are not saved yet, kept in this browser. */
import { dropFromBrowser, keepInBrowser, keptInBrowser } from "@/lib/browserStore";

export interface Draft {
  readonly width: number;
  readonly height: number;
  readonly indices: Uint8Array;
}

/** One per member and task. */
export const draftKey = (userId: string, taskId: string): string => `${userId} ${taskId}`;

export const keepDraft = (key: string, draft: Draft): Promise<unknown> => keepInBrowser(key, draft);

export const dropDraft = dropFromBrowser;

/** Undefined where there is none, or it is of another size. */
export async function draftOf(key: string, width: number, height: number): Promise<Uint8Array | undefined> {
  const draft = await keptInBrowser<Draft>(key);
  return draft?.width === width && draft.height === height ? draft.indices : undefined;
}
