"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useViewer } from "@/features/shell/viewer";
import type { InspectionFieldsFragment } from "@/gql/graphql";
import { useVisible } from "@/lib/useVisible";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { StateBadge } from "@/ui/StateBadge";
import { CancelInspection, InspectionProgressQuery, RetryInspection } from "./queries.ts";

interface Props {
  /** As it was when the list was loaded. */
  readonly inspection: InspectionFieldsFragment;
  /** It has come to its end meanwhile. */
  readonly onEnd: () => unknown;
}

export const isUnderWay = ({ state }: Pick<InspectionFieldsFragment, "state">): boolean =>
  state === "QUEUED" || state === "RUNNING";

/** How far an inspection is, with the way to cancel it or to try it again; nothing once it has succeeded. */
export function InspectionStrip({ inspection, onEnd }: Props) {
  const { mayResearch } = useViewer();
  const visible = useVisible();
  const variables = { id: inspection.id };
  const query = useQuery(InspectionProgressQuery, {
    variables,
    pollInterval: isUnderWay(inspection) && visible ? 1000 : 0,
    skip: !isUnderWay(inspection),
  });
  const now = query.data?.inspection ?? inspection;
  const [cancel, cancelling] = useMutation(CancelInspection, { variables });
  const [retry, retrying] = useMutation(RetryInspection, { variables });
  const known = useRef(now.state);
  useEffect(() => {
    const ended = isUnderWay({ state: known.current }) && !isUnderWay(now);
    known.current = now.state;
    if (ended) onEnd();
  }, [now, onEnd]);

  if (now.state === "SUCCEEDED") return null;
  if (isUnderWay(now)) {
    const share = now.total > 0 ? (now.done / now.total) * 100 : 0;
    return (
      <Group gap={12} role="status">
        <StateBadge state={now.state} />
        {now.state === "RUNNING" && (
          <Progress w={160} size="sm" value={share} aria-label={`${Math.floor(share)} % of the work done`} />
        )}
        <Text size="sm" c="dimmed">
          {now.state === "QUEUED"
            ? "waits for a worker"
            : now.total > 0
              ? `${now.done} of ${now.total} parts`
              : "begins"}
        </Text>
        {mayResearch && (
          <Button size="compact-sm" variant="default" onClick={() => cancel()} loading={cancelling.loading}>
            Cancel
          </Button>
        )}
        {cancelling.error && <ErrorPanel error={cancelling.error} />}
      </Group>
    );
  }
  return (
    <Stack gap="xs">
      {now.state === "FAILED" && (
        <ErrorPanel
          error={{
            code: now.state,
            title: "The inspection failed",
            message: now.error ?? "No reason was told.",
            fix: "Mend what it names, or ask for less, then try again.",
          }}
        />
      )}
      <Group gap={12}>
        <StateBadge state={now.state} />
        {mayResearch && (
          <Button size="compact-sm" variant="default" onClick={() => retry()} loading={retrying.loading}>
            Try again
          </Button>
        )}
      </Group>
      {retrying.error && <ErrorPanel error={retrying.error} />}
    </Stack>
  );
}
