"use client";
import { Text } from "@mantine/core";
import type { ArmSummaryFieldsFragment } from "@/gql/graphql";

type Counts = ArmSummaryFieldsFragment["runStates"];
const states = ["succeeded", "running", "queued", "failed", "cancelled"] as const;
const color = {
  succeeded: "var(--mantine-color-petrol-6)",
  running: "var(--mantine-color-petrol-3)",
  queued: "var(--hairline)",
  failed: "var(--mantine-color-error)",
  cancelled: "var(--mantine-color-gray-5)",
} as const;

export function totalCounts(list: readonly Counts[]): Counts {
  const total = { queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const counts of list) for (const state of states) total[state] += counts[state];
  return total;
}

/** How many runs are in which state: a bar, and the same in words. */
export function RunCounts({ counts }: { readonly counts: Counts }) {
  const total = states.reduce((sum, state) => sum + counts[state], 0);
  const words = states.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  return (
    <div style={{ minWidth: 110 }}>
      <div
        aria-hidden
        style={{ display: "flex", gap: 1, height: 6, marginBlock: 6, borderRadius: 2, overflow: "hidden" }}
      >
        {states.map((state) =>
          total > 0 && counts[state] > 0 ? (
            <span key={state} style={{ flex: counts[state], background: color[state] }} />
          ) : null,
        )}
      </div>
      <Text size="xs" c="dimmed">
        {words.join(", ") || "no runs"}
      </Text>
    </div>
  );
}
