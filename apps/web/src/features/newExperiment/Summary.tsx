"use client";
import { Button, Stack, Text } from "@mantine/core";
import { count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { OverlapRefusal } from "../lineage/OverlapRefusal.tsx";
import { measuredStepMs } from "./cost.ts";
import { alike, type Configuration, type DraftArm, stepsPerRun } from "./draft.ts";
import type { FormRun } from "./formRun.ts";
import { RoughTime } from "./RoughTime.tsx";
import { StillLacking } from "./StillLacking.tsx";
import type { Starting } from "./useStart.ts";

interface Props {
  readonly arms: readonly DraftArm[];
  readonly configurations: readonly Configuration[];
  readonly seeds: readonly number[] | null;
  /** Repeats of a cross-validation, which count as seeds do; else every seed does. */
  readonly independent?: number | undefined;
  readonly trainItems: number | undefined;
  readonly runs: readonly FormRun[];
  readonly missing: readonly string[];
  readonly problems: number;
  readonly checkError: unknown;
  readonly pending: boolean;
  readonly starting: Starting;
}

/** What the form will start, and what it still lacks. Stays in sight. */
export function Summary(props: Props) {
  const { arms, configurations, seeds, trainItems, runs, missing, problems, checkError, pending, starting } = props;
  const seedCount = seeds?.length ?? 0;
  const { independent = seedCount } = props;
  const total = arms.length * seedCount;
  const perArm = configurations.map((each) => (trainItems === undefined ? null : stepsPerRun(each, trainItems)));
  const steps = perArm.some((each) => each === null)
    ? null
    : perArm.reduce<number>((sum, each) => sum + (each ?? 0), 0) * seedCount;
  const times = configurations.map((each, at) => {
    const step = measuredStepMs(each, runs);
    return step === undefined || perArm[at] == null ? null : step * perArm[at] * seedCount;
  });
  const time = times.some((each) => each === null) ? null : times.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  const same = alike(configurations);
  const disabled = missing.length > 0 || problems > 0 || pending || checkError !== null;
  const verdict =
    arms.length < 2
      ? "one arm: nothing to compare"
      : independent < 5
        ? `estimate only: a verdict needs 5 ${props.independent ? "repeats" : "seeds"}`
        : "estimate, interval and verdict";

  return (
    <div style={{ position: "sticky", top: 64 }}>
      <Panel title="What this starts">
        <Stack gap="sm">
          <Stat
            label="Runs"
            note={`${plural(arms.length, "arm")} × ${props.independent ? plural(seedCount, "fold") : plural(seedCount, "seed")}`}
          >
            <Text span fz={26} fw={600} lh={1.1}>
              {count(total)}
            </Text>
          </Stat>
          <Stat label="Steps in all">{steps === null ? "not known yet" : count(steps)}</Stat>
          <RoughTime time={time} />
          <Stat label="Answer">{verdict}</Stat>
          {same && (
            <Text size="sm" c="dimmed" role="status">
              Arms {same[0] + 1} and {same[1] + 1} are the same but for their names.
            </Text>
          )}
          <StillLacking missing={missing} problems={problems} />
          {checkError !== null && <ErrorPanel error={checkError} />}
          {starting.error ? <ErrorPanel error={starting.error} /> : null}
          <OverlapRefusal starting={starting} runs={total} disabled={disabled} />
          <Button type="submit" loading={starting.busy} disabled={disabled}>
            Start {plural(total, "run")}
          </Button>
        </Stack>
      </Panel>
    </div>
  );
}
