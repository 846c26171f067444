"use client";
import { Button, Stack, Text } from "@mantine/core";
import { count, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { OverlapRefusal } from "../lineage/OverlapRefusal.tsx";
import { stepsPerRun } from "../newExperiment/draft.ts";
import type { FormRun } from "../newExperiment/formRun.ts";
import { RoughTime } from "../newExperiment/RoughTime.tsx";
import { StillLacking } from "../newExperiment/StillLacking.tsx";
import type { Starting } from "../newExperiment/useStart.ts";
import { short } from "../unetStudy/study.ts";
import { studyMs } from "./choices.ts";
import type { GridArm } from "./gridArm.ts";

interface Props {
  readonly arms: readonly GridArm[];
  readonly seeds: number;
  readonly trainItems: number | undefined;
  readonly runs: readonly FormRun[];
  readonly missing: readonly string[];
  readonly problems: number;
  readonly pending: boolean;
  readonly starting: Starting;
  /** Of the check of the configuration, and of the grid. */
  readonly checkError: unknown;
}

/** What the study will start, and what it still lacks. Stays in sight. */
export function StudySummary(props: Props) {
  const { arms, seeds, trainItems, runs, missing, problems, pending, starting, checkError } = props;
  const error = starting.error ?? checkError;
  const total = arms.length * seeds;
  const first = arms[0];
  const steps = first && trainItems !== undefined ? stepsPerRun(first.configuration, trainItems) : null;
  const time = studyMs(arms, seeds, trainItems, runs);
  const disabled = missing.length > 0 || problems > 0 || pending || total === 0;
  const weights = arms.map((arm) => arm.model.parameters);
  return (
    <div style={{ position: "sticky", top: 64 }}>
      <Panel title="What this starts">
        <Stack gap="sm">
          <Stat label="Runs" note={`${plural(arms.length, "arm")} × ${plural(seeds, "seed")}`}>
            <Text span fz={26} fw={600} lh={1.1}>
              {count(total)}
            </Text>
          </Stat>
          <Stat label="Steps of each run">{steps === null ? "not known yet" : count(steps)}</Stat>
          <Stat label="Weights of a model">
            {weights.length === 0
              ? "not known yet"
              : `${short(Math.min(...weights))} to ${short(Math.max(...weights))}`}
          </Stat>
          <RoughTime
            time={time}
            unknown="known once a run like one of them has finished here"
            basis="from finished runs like these; other arms in proportion to their multiply-adds"
          />
          <Stat label="Answer">
            {seeds < 5 ? "estimates only: a verdict needs 5 seeds" : "effects with intervals and verdicts"}
          </Stat>
          <StillLacking missing={missing} problems={problems} />
          {error ? <ErrorPanel error={error} /> : null}
          <OverlapRefusal starting={starting} runs={total} disabled={disabled} />
          <Button type="submit" loading={starting.busy} disabled={disabled}>
            Start {plural(total, "run")}
          </Button>
        </Stack>
      </Panel>
    </div>
  );
}
