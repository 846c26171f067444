"use client";
import { Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { OverlapRefusal } from "../lineage/OverlapRefusal.tsx";
import { RoughTime } from "./RoughTime.tsx";
import { StillLacking } from "./StillLacking.tsx";
import type { Starting } from "./useStart.ts";

interface Props {
  /** Null before the api has said what the study would make. */
  readonly runs: number | null;
  /** What the runs are the product of. */
  readonly grid: string | undefined;
  /** What else the study makes, each a Stat. */
  readonly children: ReactNode;
  /** Milliseconds of all runs. */
  readonly time: number | null;
  readonly answer: string;
  /** What the same study with more in it adds. */
  readonly growth: string;
  readonly missing: readonly string[];
  readonly problems: number;
  readonly pending: boolean;
  readonly starting: Starting;
  /** Of the check of the configuration, and of the plan. */
  readonly checkError: unknown;
}

/** What a study will start, and what it still lacks. Stays in sight. */
export function StartSummary(props: Props) {
  const { runs, grid, children, time, answer, growth, missing, problems, pending, starting, checkError } = props;
  const error = starting.error ?? checkError;
  const disabled = missing.length > 0 || problems > 0 || pending || runs === null;
  return (
    <div style={{ position: "sticky", top: 64 }}>
      <Panel title="What this starts">
        <Stack gap="sm">
          <Stat label="Runs" note={grid}>
            <Text span fz={26} fw={600} lh={1.1}>
              {runs === null ? "–" : count(runs)}
            </Text>
          </Stat>
          {children}
          <RoughTime time={time} />
          <Stat label="Answer">{answer}</Stat>
          <StillLacking missing={missing} problems={problems} />
          {error ? <ErrorPanel error={error} /> : null}
          <OverlapRefusal starting={starting} runs={runs ?? 0} disabled={disabled} />
          <Button type="submit" loading={starting.busy} disabled={disabled}>
            Start {runs === null ? "the study" : plural(runs, "run")}
          </Button>
          <Text size="xs" c="dimmed">
            {growth}
          </Text>
        </Stack>
      </Panel>
    </div>
  );
}

/** @param budget updates of one run; null: not known */
export function Updates({ runs, budget }: { readonly runs: number; readonly budget: number | null }) {
  return (
    <>
      <Stat label="Updates of each run">{budget === null ? "not known yet" : count(budget)}</Stat>
      <Stat label="Updates in all">{budget === null ? "not known yet" : count(budget * runs)}</Stat>
    </>
  );
}
