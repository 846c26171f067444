"use client";
import { useQuery } from "@apollo/client/react";
import { Progress, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { count, plural } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { HashingQuery } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  /** Told when more items have a hash than before. */
  readonly onProgress: () => unknown;
}

/** How many items have a hash; nothing once all have. */
export function Hashing({ datasetId, onProgress }: Props) {
  const { data, stopPolling } = useQuery(HashingQuery, { variables: { id: datasetId }, pollInterval: 3000 });
  const hashing = data?.dataset?.hashing;
  const known = useRef<number | null>(null);
  const left = hashing ? hashing.items - hashing.hashed - hashing.failed : null;
  useEffect(() => {
    if (left === null) return;
    if (left === 0) stopPolling();
    if (known.current !== null && known.current !== left) onProgress();
    known.current = left;
  }, [left, stopPolling, onProgress]);
  if (!hashing || left === null || (left === 0 && hashing.failed === 0)) return null;
  const { items, hashed, failed } = hashing;
  return (
    <Panel title="Hashes">
      {left > 0 && (
        <>
          <Progress value={(100 * (items - left)) / items} aria-label="Items hashed" />
          <Text size="xs" c="dimmed" mt={4} role="status">
            {count(hashed)} of {plural(items, "item")} are hashed; a worker goes on with the others, which are in no
            search yet.
          </Text>
        </>
      )}
      {failed > 0 && (
        <Text size="xs" c="var(--stamp)">
          {plural(failed, "item")} could not be read and {failed === 1 ? "is" : "are"} in no search.
        </Text>
      )}
    </Panel>
  );
}
