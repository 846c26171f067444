"use client";
import { Button, Stack, Text } from "@mantine/core";
import { count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { OverlapRefusal } from "../lineage/OverlapRefusal.tsx";
import { RoughTime } from "./RoughTime.tsx";
import { StillLacking } from "./StillLacking.tsx";
import type { Starting } from "./useStart.ts";

interface Props {
  readonly runs: number;
  /** What the runs are the product of. */
  readonly grid: string;
  /** Updates of one run. */
  readonly budget: number | null;
  /** Milliseconds of all runs. */
  readonly time: number | null;
  readonly answer: string;
  /** What the same study with more in it adds. */
  readonly growth: string;
  readonly missing: readonly string[];
  readonly problems: number;
  readonly pending: boolean;
  readonly starting: Starting;
  /** Of the check of the configuration. */
  readonly checkError: unknown;
}

/** What a study will start, and what it still lacks. Stays in sight. */
export function StartSummary(props: Props) {
  const { runs, grid, budget, time, answer, growth, missing, problems, pending, starting, checkError } = props;
  const error = starting.error ?? checkError;
  const disabled = missing.length > 0 || problems > 0 || pending;
  return (
    <div style={{ position: "sticky", top: 64 }}>
      <Panel title="What this starts">
        <Stack gap="sm">
          <Stat label="Runs" note={grid}>
            <Text span fz={26} fw={600} lh={1.1}>
              {count(runs)}
            </Text>
          </Stat>
          <Stat label="Updates of each run">{budget === null ? "not known yet" : count(budget)}</Stat>
          <Stat label="Updates in all">{budget === null ? "not known yet" : count(budget * runs)}</Stat>
          <RoughTime time={time} />
          <Stat label="Answer">{answer}</Stat>
          <StillLacking missing={missing} problems={problems} />
          {error ? <ErrorPanel error={error} /> : null}
          <OverlapRefusal starting={starting} runs={runs} disabled={disabled} />
          <Button type="submit" loading={starting.busy} disabled={disabled}>
            Start {plural(runs, "run")}
          </Button>
          <Text size="xs" c="dimmed">
            {growth}
          </Text>
        </Stack>
      </Panel>
    </div>
  );
}
