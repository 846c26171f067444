"use client";
import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { type Term, terms } from "./terms.ts";

/** A word with its meaning on hover, focus and touch. */
export function TermHelp({ term, children }: { readonly term: Term; readonly children?: ReactNode }) {
  return <Help text={terms[term]}>{children ?? term}</Help>;
}

export function Help({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <Tooltip label={text} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className="term">
        {children}
      </button>
    </Tooltip>
  );
}
