"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, Stack, Text } from "@mantine/core";
import { GuardedFields, useGuardedFields } from "@/features/heatmaps/GuardedFields";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { AskTileMaps } from "./queries.ts";

interface Props {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly onAsked: (inspectionId: string) => unknown;
}

/** Chooses bags and class, and starts the inspection. */
export function AskPanel({ runId, classes, onAsked }: Props) {
  const { input, ready, fields } = useGuardedFields();
  const [ask, asking] = useMutation(AskTileMaps);
  const start = async () => {
    const answer = await ask({ variables: { input: { ...input, runId } } }).catch(() => null);
    if (answer?.data) onAsked(answer.data.inspectTileMaps.id);
  };
  return (
    <Panel
      title="Make tile maps"
      note="No map comes without its checks: random weights, labels that mean nothing, and what is known of tiles where anything is. Checks use validation items; test items are looked at only where you name them."
    >
      <Stack gap="sm">
        <GuardedFields runId={runId} classes={classes} fields={fields} />
        <Group gap="sm">
          <Button size="sm" onClick={start} loading={asking.loading} disabled={!ready}>
            Make tile maps
          </Button>
          <Text size="xs" c="dimmed">
            Takes minutes. Asked before, the same answer is shown.
          </Text>
        </Group>
        {asking.error && <ErrorPanel error={asking.error} />}
      </Stack>
    </Panel>
  );
}
