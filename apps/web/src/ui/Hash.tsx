"use client";
import { CopyButton, Tooltip, UnstyledButton } from "@mantine/core";
import { shortHash } from "@/lib/format";

/** The first eight characters of a hash or id; a click copies the whole. */
export function Hash({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : `${label}: ${value} (click to copy)`} style={{ overflowWrap: "anywhere" }}>
          <UnstyledButton
            onClick={copy}
            aria-label={`Copy ${label} ${shortHash(value)}`}
            style={{
              fontFamily: "var(--mantine-font-family-monospace)",
              fontSize: "0.75rem",
              color: "var(--ink-soft)",
            }}
          >
            {shortHash(value)}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
