import { useEffect, useState } from "react";

/** A file that never changes, as it was read. */
export type FileState<T> =
  | { readonly state: "none" | "loading" | "failed"; readonly value: null }
  | { readonly state: "ready"; readonly value: T };

const nothing = { state: "none", value: null } as const;
const loading = { state: "loading", value: null } as const;
const failed = { state: "failed", value: null } as const;

/** @param read outside of components, or it is read at every render */
export function useFile<T>(url: string | null | undefined, read: (response: Response) => Promise<T>): FileState<T> {
  const [got, setGot] = useState<{ readonly url: string; readonly file: FileState<T> }>();
  useEffect(() => {
    if (!url) return;
    const stop = new AbortController();
    fetch(url, { signal: stop.signal })
      .then((response) => (response.ok ? read(response) : Promise.reject(new Error(`status ${response.status}`))))
      .then(
        (value) => setGot({ url, file: { state: "ready", value } }),
        () => stop.signal.aborted || setGot({ url, file: failed }),
      );
    return () => stop.abort();
  }, [url, read]);
  if (!url) return nothing;
  return got?.url === url ? got.file : loading;
}
