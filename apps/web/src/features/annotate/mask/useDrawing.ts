"use client";
import { useEffect, useRef, useState } from "react";
import type { Task } from "../model.ts";
import { draftKey, draftOf, keepDraft } from "./drafts.ts";
import { MaskDrawing } from "./drawing.ts";

/** A drawing is kept so long after its last change, ms. */
const keepAfterMs = 400;

interface Begin {
  readonly task: Task;
  readonly userId: string;
  /** What the mask is to begin with where there is no unsaved drawing; undefined: an empty one. */
  readonly initial: Uint8Array | undefined;
}

/** The drawing of one task; null until it is known whether an unsaved one is there. Every change is kept in the browser. */
export function useDrawing({ task, userId, initial }: Begin) {
  const { width, height } = task.item;
  const [begun, setBegun] = useState<{ drawing: MaskDrawing; restored: boolean } | null>(null);
  const [version, setVersion] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const key = draftKey(userId, task.id);
  const first = useRef(initial);
  const keep = useRef(() => undefined as unknown);

  useEffect(() => {
    let ended = false;
    draftOf(key, width, height)
      .catch(() => undefined) // a browser that keeps nothing can still draw
      .then((draft) => {
        if (ended) return;
        setBegun({ drawing: new MaskDrawing(width, height, draft ?? first.current), restored: draft !== undefined });
      });
    return () => {
      ended = true;
      if (timer.current !== undefined) keep.current();
      clearTimeout(timer.current);
    };
  }, [key, width, height]);

  keep.current = () => {
    timer.current = undefined;
    if (begun) void keepDraft(key, { width, height, indices: begun.drawing.mask.indices }).catch(() => undefined);
  };
  return {
    drawing: begun?.drawing ?? null,
    restored: begun?.restored ?? false,
    version,
    /** To be called after every change, and with `true` at the end of each step. */
    changed(step: boolean) {
      setVersion((before) => before + 1);
      if (!step) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => keep.current(), keepAfterMs);
    },
    /** It is being saved: nothing more is kept. */
    stop() {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
  };
}
