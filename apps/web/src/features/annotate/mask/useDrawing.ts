"use client";
import { useEffect, useRef, useState } from "react";
import type { Task } from "../model.ts";
import { draftKey, draftOf, keepDraft } from "./drafts.ts";
import { MaskDrawing } from "./drawing.ts";

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
  /** idle, writing, writing while newer strokes wait, or done with: it is being saved. */
  const keeping = useRef<"idle" | "writing" | "again" | "stopped">("idle");
  const key = draftKey(userId, task.id);
  const first = useRef(initial);

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
    };
  }, [key, width, height]);

  // at once, one write at a time: a reload right after a stroke is not to lose it
  async function keep() {
    if (!begun || keeping.current === "stopped") return;
    if (keeping.current !== "idle") {
      keeping.current = "again";
      return;
    }
    keeping.current = "writing";
    await keepDraft(key, { width, height, indices: begun.drawing.mask.indices }).catch(() => undefined);
    const newer = (keeping.current as string) === "again";
    if ((keeping.current as string) !== "stopped") keeping.current = "idle";
    if (newer) await keep();
  }
  return {
    drawing: begun?.drawing ?? null,
    restored: begun?.restored ?? false,
    version,
    /** To be called after every change, and with `true` at the end of each step. */
    changed(step: boolean) {
      setVersion((before) => before + 1);
      if (step) void keep();
    },
    /** It is being saved: nothing more is kept. */
    stop() {
      keeping.current = "stopped";
    },
  };
}
