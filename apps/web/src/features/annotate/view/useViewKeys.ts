"use client";
import { useState } from "react";
import type { Picture } from "./pictures.ts";
import { fitted, moved, type Size, type View, zoomed } from "./view.ts";
import { type Window, wholeWindow } from "./window.ts";

const step = 60; // CSS pixels that an arrow key moves the image by

/** Zoom, place and window of what is looked at, and the keys that change them. */
export function useViewKeys(picture: Picture | undefined) {
  const [view, setView] = useState<View | null>(null);
  const [window, setWindow] = useState<Window>(wholeWindow);
  const [frame, setFrame] = useState<Size>();

  const zoom = (factor: number) => {
    if (!picture || !frame) return;
    const middle = { x: frame.width / 2, y: frame.height / 2 };
    setView(zoomed(view ?? fitted(picture, frame), factor, middle, picture, frame));
  };
  const move = (dx: number, dy: number) => {
    if (picture && frame) setView(moved(view ?? fitted(picture, frame), dx, dy, picture, frame));
  };
  /** @returns whether the key was one of these. @param arrows false: they do something else here */
  function onKey(key: string, arrows = true): boolean {
    if (key === "+" || key === "=") zoom(1.25);
    else if (key === "-") zoom(0.8);
    else if (key === "f") setView(null);
    else if (key === "w") setWindow(wholeWindow);
    else if (arrows && key === "ArrowLeft") move(step, 0);
    else if (arrows && key === "ArrowRight") move(-step, 0);
    else if (arrows && key === "ArrowUp") move(0, step);
    else if (arrows && key === "ArrowDown") move(0, -step);
    else return false;
    return true;
  }
  /** In a frame of another size the image is seen whole again. */
  function onFrame(size: Size) {
    setFrame(size);
    setView(null);
  }
  return { view, setView, window, setWindow, frame, onFrame, zoom, onKey };
}
