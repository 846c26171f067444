"use client";
import { Badge } from "@mantine/core";
import { IconBan, IconCheck, IconClock, IconPlayerPlay, IconX } from "@tabler/icons-react";
import type { ImportState, RunState } from "@/gql/graphql";
import { stateName } from "@/lib/words";

const look = {
  QUEUED: { color: "gray", icon: IconClock },
  RUNNING: { color: "petrol", icon: IconPlayerPlay },
  SUCCEEDED: { color: "teal", icon: IconCheck },
  FAILED: { color: "red", icon: IconX },
  CANCELLED: { color: "gray", icon: IconBan },
} as const;

/** A state as icon and word; colour only repeats it. */
export function StateBadge({ state, detail }: { readonly state: RunState | ImportState; readonly detail?: string }) {
  const { color, icon: Icon } = look[state];
  return (
    <Badge color={color} c="var(--mantine-color-text)" leftSection={<Icon size={12} stroke={2.2} aria-hidden />}>
      {stateName[state]}
      {detail ? ` · ${detail}` : ""}
    </Badge>
  );
}
