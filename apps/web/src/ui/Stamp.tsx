"use client";
import { Tooltip } from "@mantine/core";

/** A rubber stamp: a fact that limits what may be concluded, shown wherever it applies. */
export function Stamp({ children, why }: { readonly children: string; readonly why: string }) {
  return (
    <Tooltip label={why} events={{ hover: true, focus: true, touch: true }}>
      <span
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard
        tabIndex={0}
        role="note"
        aria-label={`${children}: ${why}`}
        style={{
          border: "1px solid var(--stamp)",
          color: "var(--stamp)",
          borderRadius: 2,
          padding: "0 6px",
          fontSize: "0.6875rem",
          fontWeight: 600,
          letterSpacing: "0.04em",
          textTransform: "uppercase",
          whiteSpace: "nowrap",
          display: "inline-block",
          lineHeight: "17px",
        }}
      >
        {children}
      </span>
    </Tooltip>
  );
}

export function SubjectsUnknown() {
  return (
    <Stamp why="The source names no patients, so each item counts as its own subject. Images of one patient may be in several folds, and scores may be too good.">
      subjects unknown
    </Stamp>
  );
}
