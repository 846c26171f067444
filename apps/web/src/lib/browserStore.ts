/** @file What is not saved yet, kept in this browser (IndexedDB), so that a reload or a crash loses nothing. */

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

export const keepInBrowser = (key: string, value: unknown): Promise<unknown> => ask("readwrite", (kept) => kept.put(value, key)); // biome-ignore format: one line

export const dropFromBrowser = (key: string): Promise<unknown> => ask("readwrite", (kept) => kept.delete(key));

/** Undefined where there is none. */
export const keptInBrowser = <T>(key: string): Promise<T | undefined> =>
  ask("readonly", (kept) => kept.get(key) as IDBRequest<T | undefined>);
