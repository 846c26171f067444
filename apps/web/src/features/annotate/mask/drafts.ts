/** @file Drawings that are not saved yet, kept in this browser (IndexedDB), so that a reload or a crash loses nothing. */

export interface Draft {
  readonly width: number;
  readonly height: number;
  readonly indices: Uint8Array;
}

const store = "drawings";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("tessera-drawings", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function ask<T>(mode: IDBTransactionMode, work: (drawings: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** One per member and task. */
export const draftKey = (userId: string, taskId: string): string => `${userId} ${taskId}`;

export const keepDraft = (key: string, draft: Draft): Promise<unknown> => ask("readwrite", (drawings) => drawings.put(draft, key)); // biome-ignore format: one line

export const dropDraft = (key: string): Promise<unknown> => ask("readwrite", (drawings) => drawings.delete(key));

/** Undefined where there is none, or it is of another size. */
export async function draftOf(key: string, width: number, height: number): Promise<Uint8Array | undefined> {
  const draft = await ask("readonly", (drawings) => drawings.get(key) as IDBRequest<Draft | undefined>);
  return draft?.width === width && draft.height === height ? draft.indices : undefined;
}
