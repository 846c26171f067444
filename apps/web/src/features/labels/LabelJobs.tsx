"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useViewer } from "@/features/shell/viewer";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { StateBadge } from "@/ui/StateBadge";
import { When } from "@/ui/When";
import { isActive, type Job } from "./model.ts";
import { CancelLabelJob } from "./queries.ts";

const what = {
  MAKE_VERSION: "Making a label version",
  COMPARE_VERSIONS: "Comparing the masks of two versions",
  COMPARE_READERS: "Comparing the masks of readers",
} as const;

/** What is under way, and what failed since the last that succeeded. */
export function LabelJobs({ jobs, onChanged }: { readonly jobs: readonly Job[]; readonly onChanged: () => void }) {
  const { mayResearch } = useViewer();
  const [cancel, { error }] = useMutation(CancelLabelJob);
  const lastGood = jobs.findIndex(({ state }) => state === "SUCCEEDED");
  const shown = jobs.filter((job, at) => isActive(job) || (job.state === "FAILED" && (lastGood < 0 || at < lastGood)));
  if (shown.length === 0) return null;
  return (
    <Panel title="Under way">
      <Stack gap="sm">
        {error && <ErrorPanel error={error} />}
        {shown.map((job) => (
          <div key={job.id}>
            <Group justify="space-between" gap="xs">
              <Group gap="xs">
                <Text size="sm">{what[job.kind]}</Text>
                <StateBadge state={job.state} />
                <Text size="xs" c="dimmed">
                  <When iso={job.createdAt} />
                  {job.total > 0 ? ` · ${count(job.done)} of ${count(job.total)}` : ""}
                </Text>
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
            {isActive(job) && (
              <Progress
                mt={6}
                size="sm"
                animated
                value={job.total > 0 ? (100 * job.done) / job.total : 0}
                aria-label={`${what[job.kind]}: ${job.done} of ${job.total}`}
              />
            )}
            {job.error && (
              <Text size="sm" c="var(--mantine-color-error)" style={{ whiteSpace: "pre-wrap" }}>
                {job.error}
              </Text>
            )}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
