"use client";
import { Group, Table, Text, Tooltip } from "@mantine/core";
import Link from "next/link";
import { duration, score } from "@/lib/format";
import { headlineScore } from "@/lib/scoreName";
import { useNow } from "@/lib/useNow";
import { RunProgress } from "@/ui/RunProgress";
import { StateBadge } from "@/ui/StateBadge";
import { isHeadline } from "./headlineSeries.ts";
import { RunActions } from "./RunActions.tsx";
import type { ExperimentRun } from "./types.ts";

export function RunTableRow({ run }: { readonly run: ExperimentRun }) {
  const now = useNow(10_000);
  const dice = run.series.find((each) => isHeadline(each.name));
  const took = run.startedAt
    ? duration((run.finishedAt ? new Date(run.finishedAt).getTime() : now) - new Date(run.startedAt).getTime())
    : "—";
  return (
    <Table.Tr>
      <Table.Td pl={34}>
        <Link
          href={`/runs/${run.id}`}
          className="rowLink"
          style={{ fontWeight: 450 }}
          aria-label={`${run.arm}, seed ${run.seed}`}
        >
          seed {run.seed}
        </Link>
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <StateBadge
            state={run.state}
            detail={run.cancelRequested && run.state === "RUNNING" ? "cancelling" : undefined}
          />
          {run.attempt > 1 && (
            <Text size="xs" c="dimmed">
              attempt {run.attempt}
            </Text>
          )}
        </Group>
        {run.error && (
          <Tooltip label={run.error}>
            <Text size="xs" c="var(--mantine-color-error)" maw={260} truncate>
              {run.error}
            </Text>
          </Tooltip>
        )}
      </Table.Td>
      <Table.Td>
        <RunProgress run={run} />
      </Table.Td>
      <Table.Td className="number">{dice ? score(dice.lastValue) : "—"}</Table.Td>
      <Table.Td className="number">
        {run.evaluation ? score(headlineScore(run.evaluation)) : "—"}
        {run.evaluation && run.evaluation.scoring > 1 && (
          <Text size="xs" c="var(--stamp)">
            scoring {run.evaluation.scoring}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{run.worker?.name ?? "—"}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{took}</Table.Td>
      <Table.Td className="number">
        <RunActions run={run} />
      </Table.Td>
    </Table.Tr>
  );
}
