"use client";
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/format";

interface Props {
  readonly query: { readonly fetchMore: (options: { variables: { after: string | null } }) => Promise<unknown> };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly shown: number;
  readonly total: number;
}

/** "50 of 612" and a button for the next page; the cache's policy appends it. */
export function MorePages({ query, pageInfo, shown, total }: Props) {
  const [busy, setBusy] = useState(false);
  async function more() {
    setBusy(true);
    await query.fetchMore({ variables: { after: pageInfo.endCursor ?? null } }).catch(() => undefined);
    setBusy(false);
  }
  if (!pageInfo.hasNextPage && total <= 10) return null;
  return (
    <Group justify="space-between" px="md" py={8} style={{ borderTop: "1px solid var(--hairline)" }}>
      <Text size="xs" c="dimmed" role="status">
        {count(shown)} of {count(total)}
      </Text>
      {pageInfo.hasNextPage && (
        <Button size="compact-sm" variant="default" onClick={more} loading={busy}>
          Show more
        </Button>
      )}
    </Group>
  );
}
