"use client";
import { useEffect, useRef } from "react";

/** Keys of the whole screen, but where somebody writes, moves a slider, or a dialog is open. @param onKey true: it was meant for us */
export function useKeys(onKey: (event: KeyboardEvent) => boolean): void {
  const newest = useRef(onKey);
  newest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || at?.closest("input, textarea, select, [role=slider], [role=dialog], [role=menu]"))
        return;
      // Enter and Space press a button; a class's own button is chosen by them only where it is not saved by Enter
      const button = at?.closest("button, a");
      if (button && event.key === " ") return;
      if (button && event.key === "Enter" && !button.hasAttribute("data-choice")) return;
      if (newest.current(event)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
