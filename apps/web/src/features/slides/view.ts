/** @file What a slide's viewer shows at the moment, for whatever is drawn over it. Lengths in pixels of the slide's level 0. */
import type { Box, Place } from "./place.ts";

export interface SlideView {
  /** Calls back now, where something is shown already, and at each change. @returns stops it */
  follow(listener: (shown: Box) => void): () => void;
  /** Null: nothing is shown yet. */
  shown(): Box | null;
  /** At once: the reader decides how things move. */
  goTo(place: Place): void;
  zoom(factor: number): void;
  showAll(): void;
  /** Width on the screen. */
  width(): number;
}

export interface ViewSource {
  readonly goTo: (place: Place) => void;
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly width: () => number;
}

/** A view that has no source before the viewer is open, and none after it is closed. */
export function makeView() {
  const listeners = new Set<(shown: Box) => void>();
  let box: Box | null = null;
  let source: ViewSource | null = null;
  const view: SlideView = {
    follow(listener) {
      listeners.add(listener);
      if (box) listener(box);
      return () => void listeners.delete(listener);
    },
    shown: () => box,
    goTo: (place) => source?.goTo(place),
    zoom: (factor) => source?.zoom(factor),
    showAll: () => source?.showAll(),
    width: () => source?.width() ?? 0,
  };
  return {
    view,
    connect(next: ViewSource | null) {
      source = next;
      if (!next) box = null;
    },
    tell(shown: Box) {
      box = shown;
      for (const listener of listeners) listener(shown);
    },
  };
}
