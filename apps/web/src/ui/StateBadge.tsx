"use client";
import { IconBan, IconCircleCheck, IconCircleX, IconClock, IconPlayerPlay } from "@tabler/icons-react";
import type { ImportState, RunState } from "@/gql/graphql";
import { stateName } from "@/lib/words";

const look = {
  QUEUED: { color: "var(--ink-soft)", icon: IconClock },
  RUNNING: { color: "var(--mantine-color-anchor)", icon: IconPlayerPlay },
  SUCCEEDED: { color: "var(--done)", icon: IconCircleCheck },
  FAILED: { color: "var(--mantine-color-error)", icon: IconCircleX },
  CANCELLED: { color: "var(--ink-soft)", icon: IconBan },
} as const;

/** A state as sign and word; colour only repeats it. */
export function StateBadge({ state, detail }: { readonly state: RunState | ImportState; readonly detail?: string }) {
  const { color, icon: Icon } = look[state];
  return (
    <span className="state">
      <Icon size={15} stroke={2} aria-hidden color={color} />
      {stateName[state]}
      {detail ? `, ${detail}` : ""}
    </span>
  );
}
