"use client";
import { Table, type TableProps } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

interface Props extends TableProps {
  /** What the table lists, for those who reach it by keyboard where it must be scrolled. */
  readonly label: string;
}

/** A table that scrolls sideways inside its own frame where the screen is narrower; only then is the frame a tab stop. */
export function WideTable({ label, children, ...table }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="wide-table" {...(scrolls ? { tabIndex: 0, role: "region", "aria-label": label } : {})}>
      <Table {...table}>{children}</Table>
    </div>
  );
}
