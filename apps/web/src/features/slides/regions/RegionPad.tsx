"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { SlideView } from "../view.ts";
import type { Corner } from "./edits.ts";
import classes from "./regions.module.css";
import type { RegionPen } from "./useRegionPen.ts";
import type { Regions } from "./useRegions.ts";

interface Props {
  readonly view: SlideView;
  readonly regions: Regions;
  readonly pen: RegionPen;
  readonly onClass: (index: number) => void;
}

const arrows: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Over the slide while something is drawn: a pointer, or arrow keys and Enter. */
export function RegionPad({ view, regions, pen, onClass }: Props) {
  const pad = useRef<HTMLDivElement>(null);
  const scale = () => (view.shown()?.width ?? 1) / Math.max(1, view.width());
  function place(event: PointerEvent): Corner {
    const { left, top } = pad.current!.getBoundingClientRect();
    const shown = view.shown();
    return shown ? [shown.x + (event.clientX - left) * scale(), shown.y + (event.clientY - top) * scale()] : [0, 0];
  }
  function onKeyDown(event: KeyboardEvent) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (altKey) return;
    const shown = view.shown();
    const middle: Corner = shown ? [shown.x + shown.width / 2, shown.y + shown.height / 2] : [0, 0];
    const arrow = arrows[key];
    const command = ctrlKey || metaKey;
    if (command && key.toLowerCase() === "z") (shiftKey ? regions.redo : regions.undo)();
    else if (command && key.toLowerCase() === "y") regions.redo();
    else if (command) return;
    else if (arrow) {
      const far = scale() * (shiftKey ? 40 : 8);
      pen.step(arrow[0]! * far, arrow[1]! * far, middle);
    } else if (key === "Enter") pen.press(scale(), middle);
    else if (key === "c") pen.close();
    else if (key === "Escape") pen.isDrawing ? pen.cancel() : pen.choose("move");
    else if (key === "Delete" || key === "Backspace") pen.remove(scale());
    else if (key === "+" || key === "=") view.zoom(1.5);
    else if (key === "-") view.zoom(1 / 1.5);
    else if (/^[1-9]$/.test(key)) onClass(Number(key) - 1);
    else return;
    event.preventDefault();
  }
  return (
    <div
      ref={pad}
      className={classes.pad}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys
      tabIndex={0}
      aria-label="Drawing: arrow keys move the cursor, Enter sets a corner, C closes the outline, Escape leaves it"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pen.down(place(event), scale());
      }}
      onPointerMove={(event) => pen.drag(place(event))}
      onPointerUp={(event) => pen.up(place(event), scale())}
      onDoubleClick={() => pen.close()}
      onWheel={(event) => view.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2)}
    />
  );
}
