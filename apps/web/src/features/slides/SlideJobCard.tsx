"use client";
import { useMutation } from "@apollo/client/react";
import { Anchor, Button, Group, Progress, Text } from "@mantine/core";
import Link from "next/link";
import { useViewer } from "@/features/shell/viewer";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Stamp } from "@/ui/Stamp";
import { StateBadge } from "@/ui/StateBadge";
import { When } from "@/ui/When";
import { isActive, netText, overlapText, ruleText, type SlideJob, tilesText } from "./model.ts";
import { CancelSlideJob } from "./queries.ts";

const names = { TILES: "Tiles", FEATURES: "Features" } as const;

/** What a worker was asked to do with the slides, and how far it is. */
export function SlideJobCard({ job, onChanged }: { readonly job: SlideJob; readonly onChanged: () => void }) {
  const { mayResearch } = useViewer();
  const [cancel, { error }] = useMutation(CancelSlideJob);
  const { kind, state, done, total, rule, encoderRun, bagDataset } = job;
  const net = netText(job);
  const overlap = encoderRun && overlapText(encoderRun.overlap);
  return (
    <div style={{ padding: "10px 16px", borderBottom: "1px solid var(--hairline)" }}>
      {error && <ErrorPanel error={error} />}
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {names[kind]}
          </Text>
          <StateBadge state={state} />
          <Text size="sm">
            {count(done)}
            {total > 0 ? ` of ${count(total)}` : ""} slides · {tilesText(job)}
          </Text>
          {overlap && <Stamp why={overlap}>encoder saw subjects</Stamp>}
          {bagDataset && (
            <Anchor component={Link} href={`/datasets/${bagDataset.id}`} size="sm">
              {bagDataset.name}
            </Anchor>
          )}
        </Group>
        {isActive(job) && mayResearch && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => cancel({ variables: { id: job.id } }).then(onChanged, () => undefined)}
          >
            Cancel
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {net && (
          <>
            {encoderRun ? (
              <Anchor component={Link} href={`/runs/${encoderRun.run.id}`} inherit underline="always">
                {net}
              </Anchor>
            ) : (
              net
            )}{" "}
            on{" "}
          </>
        )}
        {ruleText(rule)} · <When iso={job.createdAt} />
      </Text>
      {isActive(job) && (
        <Progress
          mt={6}
          size="sm"
          animated
          value={total > 0 ? (100 * done) / total : 0}
          aria-label={`${names[kind]}: ${done} of ${total} slides`}
        />
      )}
      {job.error && (
        <Text size="sm" c="var(--mantine-color-error)" style={{ whiteSpace: "pre-wrap" }}>
          {job.error}
        </Text>
      )}
    </div>
  );
}
