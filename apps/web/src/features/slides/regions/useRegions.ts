"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { useEffect, useRef, useState } from "react";
import { putFile, sha256 } from "@/features/import/uploadFiles";
import { useViewer } from "@/features/shell/viewer";
import type { RegionSetFieldsFragment } from "@/gql/graphql";
import { dropFromBrowser, keepInBrowser, keptInBrowser } from "@/lib/browserStore";
import type { Drawing } from "./edits.ts";
import { ImportRegions, RegionSetsQuery, SaveRegions } from "./queries.ts";
import { begin, redo, type Steps, step, undo } from "./steps.ts";

interface Kept extends Drawing {
  readonly basedOn: string | null;
}

const nothing: Drawing = { regions: [], complete: false };

/** A member's regions on one slide, and those of the other readers. What is not saved is kept in the browser. */
export function useRegions(itemId: string) {
  const { viewer, mayAnnotate } = useViewer();
  const query = useQuery(RegionSetsQuery, { variables: { id: itemId } });
  const [send, sending] = useMutation(SaveRegions);
  const [sendImport, importing] = useMutation(ImportRegions);
  const [steps, setSteps] = useState<Steps<Drawing> | null>(null);
  /** The set that is drawn on; null: none was there. */
  const [basedOn, setBasedOn] = useState<string | null>(null);
  const [dirty, setDirty] = useState(false);
  /** The newest drawing is in the browser: written, not only sent to be. */
  const [kept, setKept] = useState(false);
  const [restored, setRestored] = useState(false);
  const [error, setError] = useState<unknown>(null);
  /** The same save sent twice is one set. */
  const saveId = useRef<string | null>(null);
  const newest = useRef<Drawing | null>(null);
  const sets = query.data?.item?.regionSets;
  const userId = viewer?.userId;
  const key = `regions ${userId} ${itemId}`;

  useEffect(() => {
    if (!sets || !userId || newest.current) return;
    let ended = false;
    void keptInBrowser<Kept>(key)
      .catch(() => undefined) // a browser that keeps nothing can still draw
      .then((found) => {
        if (ended || newest.current) return;
        const mine = sets.find((set) => set.userId === userId);
        const drawing = found ? { regions: found.regions, complete: found.complete } : drawingOf(mine);
        newest.current = drawing;
        setBasedOn(found ? found.basedOn : (mine?.id ?? null));
        setDirty(found !== undefined);
        setKept(found !== undefined);
        setRestored(found !== undefined);
        setSteps(begin(drawing));
      });
    return () => {
      ended = true;
    };
  }, [sets, userId, key]);

  useEffect(() => {
    if (!dirty) return;
    const keep = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", keep);
    return () => window.removeEventListener("beforeunload", keep);
  }, [dirty]);

  function take(next: Steps<Drawing>) {
    if (!steps || next === steps) return;
    newest.current = next.now;
    saveId.current = null;
    setSteps(next);
    setDirty(true);
    setKept(false);
    void keepInBrowser(key, { ...next.now, basedOn } satisfies Kept).then(
      () => newest.current === next.now && setKept(true),
      () => undefined,
    );
  }

  /** What is in the browser goes only where nothing was drawn meanwhile. */
  async function saved(set: RegionSetFieldsFragment, what: Drawing): Promise<void> {
    setBasedOn(set.id);
    setError(null);
    setRestored(false);
    saveId.current = null;
    if (newest.current === what) {
      setDirty(false);
      await dropFromBrowser(key).catch(() => undefined);
    } else if (newest.current) {
      await keepInBrowser(key, { ...newest.current, basedOn: set.id } satisfies Kept).catch(() => undefined);
    }
    await query.refetch().catch(() => undefined); // it is saved; the list can be read later
  }

  /** @param over the newest set, though it is not the one that was drawn on: both are kept */
  async function save(over = false): Promise<void> {
    if (!steps || sending.loading) return;
    const what = steps.now;
    saveId.current ??= crypto.randomUUID();
    const id = saveId.current;
    const regions = what.regions.map(({ className, polygons }) => ({ className, polygons }));
    const input = { itemId, id, complete: what.complete, regions, ...(over ? {} : { basedOn }) };
    try {
      const { data } = await send({ variables: { input } });
      await saved(data!.saveRegions, what);
    } catch (failure) {
      setError(failure);
    }
  }

  return {
    query,
    mayDraw: mayAnnotate && steps !== null,
    drawing: steps?.now ?? nothing,
    /** Others' newest sets. */
    others: sets?.filter((set) => set.userId !== userId) ?? [],
    mine: sets?.find((set) => set.userId === userId) ?? null,
    dirty,
    kept,
    restored,
    error,
    busy: sending.loading || importing.loading,
    canUndo: (steps?.past.length ?? 0) > 0,
    canRedo: (steps?.future.length ?? 0) > 0,
    change: (next: Partial<Drawing>) => steps && take(step(steps, { ...steps.now, ...next })),
    undo: () => steps && take(undo(steps)),
    redo: () => steps && take(redo(steps)),
    save,
    /** The file's regions in place of one's own, as a step that is not saved: it is a set of its own, and saved already. */
    async importFile(file: File): Promise<void> {
      try {
        const data = await file.arrayBuffer();
        const hash = await sha256(data);
        await putFile(hash, data, "application/geo+json");
        const answer = await sendImport({ variables: { input: { itemId, sha256: hash } } });
        const set = answer.data!.importRegions;
        const read = drawingOf(set);
        if (steps) setSteps(step(steps, read));
        newest.current = read;
        await saved(set, read);
      } catch (failure) {
        setError(failure);
      }
    },
  };
}

export type Regions = ReturnType<typeof useRegions>;

const drawingOf = (set: RegionSetFieldsFragment | undefined): Drawing =>
  set
    ? {
        regions: set.regions.map(({ className, polygons }) => ({ className, polygons: polygons as number[][][][] })),
        complete: set.complete,
      }
    : nothing;
