"use client";
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/format";

interface Props {
  readonly hasMore: boolean;
  /** Asks for the next page; undefined where the list can grow no further. */
  readonly more: (() => unknown) | undefined;
  /** What lists the rest where the list can grow no further. */
  readonly otherwise?: string;
  readonly shown: number;
  readonly total: number;
}

/** "50 of 612" and a button for the next page. */
export function MoreRows({ hasMore, more, otherwise, shown, total }: Props) {
  const [busy, setBusy] = useState(false);
  async function onClick() {
    setBusy(true);
    await Promise.resolve(more?.()).catch(() => undefined);
    setBusy(false);
  }
  if (!hasMore && total <= 10) return null;
  return (
    <Group justify="space-between" px="md" py={8} style={{ borderTop: "1px solid var(--hairline)" }}>
      <Text size="xs" c="dimmed" role="status">
        {count(shown)} of {count(total)}
        {hasMore && !more && otherwise ? `; ${otherwise}` : ""}
      </Text>
      {hasMore && more && (
        <Button size="compact-sm" variant="default" onClick={onClick} loading={busy}>
          Show more
        </Button>
      )}
    </Group>
  );
}
