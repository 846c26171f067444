"use client";
import { Button, Stack, Text } from "@mantine/core";
import { count, duration, plural } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";

interface Props {
  readonly arms: number;
  readonly fractions: number;
  readonly seeds: number;
  /** Updates of one run. */
  readonly budget: number | null;
  /** Milliseconds of all runs. */
  readonly time: number | null;
  readonly missing: readonly string[];
  readonly problems: number;
  readonly pending: boolean;
  readonly busy: boolean;
  readonly error: unknown;
}

/** What the study will start, and what it still lacks. Stays in sight. */
export function TransferSummary(props: Props) {
  const { arms, fractions, seeds, budget, time, missing, problems, pending, busy, error } = props;
  const runs = arms * fractions * seeds;
  return (
    <div style={{ position: "sticky", top: 64 }}>
      <Panel title="What this starts">
        <Stack gap="sm">
          <Stat
            label="Runs"
            note={`${plural(arms, "arm")} × ${plural(fractions, "share")} of the data × ${plural(seeds, "seed")}`}
          >
            <Text span fz={26} fw={600} lh={1.1}>
              {count(runs)}
            </Text>
          </Stat>
          <Stat label="Updates of each run">{budget === null ? "not known yet" : count(budget)}</Stat>
          <Stat label="Updates in all">{budget === null ? "not known yet" : count(budget * runs)}</Stat>
          <Stat
            label="Rough time on one worker"
            note={
              time === null
                ? "known once a run like it has finished here"
                : "from finished runs with the same model, batch and precision"
            }
          >
            {time === null ? "not known yet" : `about ${duration(time)}`}
          </Stat>
          <Stat label="Answer">
            {seeds < 5
              ? "estimates only: a verdict needs 5 seeds"
              : "final gap and speed gap, with intervals and verdicts"}
          </Stat>
          {missing.length > 0 && (
            <Text size="sm" c="dimmed">
              Still missing: {missing.join(", ")}.
            </Text>
          )}
          {problems > 0 && (
            <Text size="sm" c="var(--mantine-color-error)" role="status">
              {plural(problems, "problem")} in the configuration, named beside the fields.
            </Text>
          )}
          {error ? <ErrorPanel error={error} /> : null}
          <Button type="submit" loading={busy} disabled={missing.length > 0 || problems > 0 || pending}>
            Start {plural(runs, "run")}
          </Button>
          <Text size="xs" c="dimmed">
            The same name and question with more arms, shares or seeds adds only the runs that are missing.
          </Text>
        </Stack>
      </Panel>
    </div>
  );
}
