"use client";
import { useQuery } from "@apollo/client/react";
import { Checkbox, Group, NativeSelect, SegmentedControl, Skeleton, Switch, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { ArmName } from "@/features/curves/ArmKey";
import { armBand } from "@/features/curves/armBands";
import { CurveChart } from "@/features/curves/CurveChart";
import type { Curve } from "@/features/curves/curve";
import { mergePoints, noPoints, type Points } from "@/features/curves/points";
import type { ArmLooks } from "@/lib/arms";
import { plural, score } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { scoreSeries } from "@/lib/scoreName";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { isHeadline } from "./headlineSeries.ts";
import { ExperimentPointsQuery } from "./queries.ts";
import { type Experiment, stepsPerEpoch } from "./types.ts";

interface Props {
  readonly experiment: Experiment;
  readonly look: ArmLooks;
  readonly live: ReadonlyMap<string, Points>;
  /** Runs are still queued or running. */
  readonly open: boolean;
  readonly interrupted: boolean;
}

/** One series of every run, one band per arm. */
export function OverlayChart({ experiment, look, live, open, interrupted }: Props) {
  const names = useMemo(() => seriesNames(experiment), [experiment]);
  const [series, setSeries] = useState(() => scoreSeries(experiment.base));
  const [xAxis, setXAxis] = useState("epoch");
  const [log, setLog] = useState(false);
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const isLive = isHeadline(series);
  const query = useQuery(ExperimentPointsQuery, {
    variables: { id: experiment.id, series: [series] },
    fetchPolicy: "no-cache",
    pollInterval: open && (!isLive || interrupted) ? 5_000 : 0,
  });

  const unit = experiment.runs.map(stepsPerEpoch).find((each) => each !== null) ?? null;
  const axis = useMemo(
    () => (xAxis === "epoch" && unit ? { name: "epoch", unit } : { name: "step", unit: 1 }),
    [xAxis, unit],
  );
  const loaded = query.data?.experiment?.runs;
  const curves = useMemo<Curve[]>(() => {
    return experiment.arms
      .filter((arm) => !hidden.includes(arm.name))
      .map((arm) => {
        const runs = (loaded ?? [])
          .filter((run) => run.arm === arm.name)
          .map((run) => {
            const known = run.points.find((points) => points.series === series) ?? noPoints;
            return isLive ? mergePoints(known, live.get(run.id) ?? noPoints) : known;
          });
        return { name: arm.name, look: look(arm.name), points: armBand(runs) };
      })
      .filter((curve) => curve.points.length > 0);
  }, [experiment.arms, hidden, loaded, live, look, series, isLive]);

  return (
    <Panel
      title="Curves"
      note={`Line: mean over the seeds of an arm; band: smallest to largest seed. ${describeData(experiment)}`}
      actions={
        <Group gap="sm">
          <NativeSelect
            size="xs"
            aria-label="Series"
            value={series}
            data={names}
            onChange={(event) => setSeries(event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            aria-label="Horizontal axis"
            value={unit ? xAxis : "step"}
            onChange={setXAxis}
            data={[
              { value: "epoch", label: "epoch", disabled: !unit },
              { value: "step", label: "step" },
            ]}
          />
          <Switch size="xs" label="log" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} />
        </Group>
      }
    >
      <Group gap="lg" mb={4}>
        {experiment.arms.map((arm) => (
          <Checkbox
            key={arm.name}
            size="xs"
            label={<ArmName name={arm.name} look={look(arm.name)} />}
            checked={!hidden.includes(arm.name)}
            onChange={(event) =>
              setHidden(
                event.currentTarget.checked ? hidden.filter((name) => name !== arm.name) : [...hidden, arm.name],
              )
            }
          />
        ))}
        {interrupted && (
          <Text size="xs" c="var(--stamp)" role="status">
            The live connection is interrupted; the curves are renewed every 5 s.
          </Text>
        )}
      </Group>
      <Loaded query={query} skeleton={<Skeleton h={320} />}>
        {() =>
          curves.length === 0 ? (
            <Empty title="No points yet">
              {hidden.length === experiment.arms.length
                ? "Every arm is switched off."
                : `Points of ${series} come when a worker trains the first run.`}
            </Empty>
          ) : (
            <CurveChart
              curves={curves}
              axis={axis}
              yName={series}
              log={log}
              file={fileName(experiment.name, series)}
              label={`Curves of ${series} by ${axis.name}. ${curves.map(lastOf).join("; ")}`}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function lastOf(curve: Curve): string {
  const last = curve.points.at(-1);
  return `${curve.name}: last mean ${score(last?.mean)} over ${plural(last?.seeds ?? 0, "seed")}`;
}

function describeData({ split, labelVersion, seeds }: Experiment): string {
  return `${plural(split.validationItems, "validation item")}, label version ${labelVersion.number}, ${plural(seeds.length, "seed")}.`;
}

function seriesNames(experiment: Experiment): string[] {
  const headline = scoreSeries(experiment.base);
  const names = new Set([headline]);
  for (const run of experiment.runs) for (const each of run.series) names.add(each.name);
  return [...names].sort((a, b) => Number(b === headline) - Number(a === headline) || a.localeCompare(b));
}
