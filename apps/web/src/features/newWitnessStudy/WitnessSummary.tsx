"use client";
import { Button, Stack, Text } from "@mantine/core";
import { count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { OverlapRefusal } from "../lineage/OverlapRefusal.tsx";
import { RoughTime } from "../newExperiment/RoughTime.tsx";
import { StillLacking } from "../newExperiment/StillLacking.tsx";
import type { Starting } from "../newExperiment/useStart.ts";

interface Props {
  /** Null before the api has said what it would make. */
  readonly plan: {
    readonly arms: readonly string[];
    readonly witnesses: readonly number[];
    readonly bags: number;
  } | null;
  readonly seeds: number;
  readonly tiles: number;
  /** Milliseconds of all runs. */
  readonly time: number | null;
  readonly missing: readonly string[];
  readonly problems: number;
  readonly pending: boolean;
  readonly starting: Starting;
  /** Of the check of the configuration, and of the plan. */
  readonly checkError: unknown;
}

/** What the study will compose and start, and what it still lacks. Stays in sight. */
export function WitnessSummary({ plan, seeds, tiles, time, missing, problems, pending, starting, checkError }: Props) {
  const error = starting.error ?? checkError;
  const disabled = missing.length > 0 || problems > 0 || pending || !plan;
  const runs = (plan?.arms.length ?? 0) * seeds;
  return (
    <div style={{ position: "sticky", top: 64 }}>
      <Panel title="What this starts">
        <Stack gap="sm">
          <Stat label="Runs" note={plan ? `${plural(plan.arms.length, "arm")} × ${plural(seeds, "seed")}` : undefined}>
            <Text span fz={26} fw={600} lh={1.1}>
              {plan ? count(runs) : "–"}
            </Text>
          </Stat>
          <Stat
            label="Bags to compose"
            note={plan ? `${plan.witnesses.join(", ")} witnesses of ${count(tiles)} tiles` : undefined}
          >
            {plan ? count(plan.bags) : "not known yet"}
          </Stat>
          <RoughTime time={time} />
          <Stat label="Answer">
            {seeds < 5
              ? "estimates only: a verdict needs 5 seeds"
              : "the rate below which each pooling is not told from chance, with its interval"}
          </Stat>
          <StillLacking missing={missing} problems={problems} />
          {error ? <ErrorPanel error={error} /> : null}
          <OverlapRefusal starting={starting} runs={runs} disabled={disabled} />
          <Button type="submit" loading={starting.busy} disabled={disabled}>
            Start {plan ? plural(runs, "run") : "the study"}
          </Button>
          <Text size="xs" c="dimmed">
            The same name and question with more poolings, rates or seeds adds only what is missing.
          </Text>
        </Stack>
      </Panel>
    </div>
  );
}
