"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";

interface Props {
  /** What is inside, for those who reach it by keyboard where it must be scrolled. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Scrolls sideways inside its own frame where the screen is narrower; only then is the frame a tab stop. */
export function ScrollFrame({ label, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="wide-table" {...(scrolls ? { tabIndex: 0, role: "region", "aria-label": label } : {})}>
      {children}
    </div>
  );
}
