"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { comparedMetrics } from "@/features/classificationComparison/metrics";
import { fileName } from "@/lib/saveFile";
import { usePollWhile } from "@/lib/usePollWhile";
import { useQueryParam } from "@/lib/useQueryParam";
import { useScheme } from "@/lib/useScheme";
import { AnswerPanel } from "@/ui/AnswerPanel";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { Stamp } from "@/ui/Stamp";
import { maskMetrics } from "../transferStudy/maskMetrics.ts";
import { type Board, basisText, lookOf } from "./model.ts";
import { NoiseGrid } from "./NoiseGrid.tsx";
import { curvesCsv, gridCsv } from "./noiseCsv.ts";
import { ProgressPanel } from "./ProgressPanel.tsx";
import { NoiseStudyQuery } from "./queries.ts";
import { RobustnessPlot } from "./RobustnessPlot.tsx";
import { SummaryTable } from "./SummaryTable.tsx";
import { VersionsTable } from "./VersionsTable.tsx";

interface Props {
  readonly experimentId: string;
  readonly classifies: boolean;
}

const pollMs = 3000;

/** How robust the methods are to label noise: curves, area, breakdown, and the grid of training × evaluation noise. */
export function NoiseTab({ experimentId, classifies }: Props) {
  const metrics = classifies ? comparedMetrics : maskMetrics;
  const [asked, setMetric] = useQueryParam("metric", metrics[0].value);
  const metric = metrics.find(({ value }) => value === asked)?.value ?? metrics[0].value;
  const query = useQuery(NoiseStudyQuery, { variables: { id: experimentId, metric }, fetchPolicy: "no-cache" });
  // Versions and scorings come without a run changing: the board asks until nothing is left to come.
  const isOver = query.data?.experiment?.noiseStudy?.progress.isOver ?? false;
  usePollWhile(query, !isOver, pollMs);
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Metric"
          value={metric}
          data={[...metrics]}
          onChange={(event) => setMetric(event.currentTarget.value)}
        />
      </Group>
      <Loaded query={query} skeleton={<BoardSkeleton />}>
        {({ experiment }) =>
          experiment?.noiseStudy ? (
            <NoiseBoard
              board={experiment.noiseStudy}
              name={experiment.name}
              datasetId={experiment.dataset.id}
              labelVersion={experiment.labelVersion.number}
            />
          ) : (
            <section className="panel">
              <Empty title="This experiment is no noise study">
                A noise study is made by its own form: it makes the noisy label versions, too.
              </Empty>
            </section>
          )
        }
      </Loaded>
    </Stack>
  );
}

interface BoardProps {
  readonly board: Board;
  readonly name: string;
  readonly datasetId: string;
  readonly labelVersion: number;
}

function NoiseBoard({ board, name, datasetId, labelVersion }: BoardProps) {
  const { metric, progress, noises } = board;
  const scheme = useScheme();
  const looks = (method: string) => lookOf(board, method, scheme);
  const basis = basisText(board, labelVersion);
  const seeds = Math.min(...noises.flatMap(({ curves }) => curves.map(({ area }) => area?.seeds ?? 0)));
  return (
    <>
      <AnswerPanel isOver={progress.isOver} basis={basis} answer={board.verdict} notes={board.notes}>
        {progress.isOver && seeds < 5 && (
          <Group mt="sm">
            <Stamp why="Below 5 seeds with a score at every level there are estimates, and no verdict.">
              too few seeds
            </Stamp>
          </Group>
        )}
      </AnswerPanel>
      <ProgressPanel board={board} />
      {noises.map((noise) => {
        const isScored = noise.curves.some(({ points }) => points.some(({ score }) => score.seeds > 0));
        return (
          <Panel
            key={noise.name}
            title={`${metric.label} against noise in training: ${noise.name}`}
            note={`${basis}. Large mark: mean over the seeds; small marks: the seeds, each opens its run; band: lowest to highest seed; arrow on the axis: breakdown point. ${metric.label}: ${metric.convention}.`}
          >
            {isScored ? (
              <Stack gap="md">
                <RobustnessPlot board={board} noise={noise} looks={looks} name={name} />
                <SummaryTable board={board} noise={noise} looks={looks} />
              </Stack>
            ) : (
              <Text size="sm" c="dimmed">
                No run is scored yet.
              </Text>
            )}
          </Panel>
        );
      })}
      {noises.map((noise) => (
        <Panel
          key={noise.name}
          title={`Training noise × noise in the test labels: ${noise.name}`}
          note={`Mean ± SD over seeds. Marked ⇅: cells in which two methods stand in another order than in the column “none”.`}
          actions={
            noise === noises[0] && (
              <>
                <CsvButton
                  what="the grids"
                  text={() => gridCsv(board, labelVersion)}
                  file={fileName(name, "noise grid")}
                />
                <CsvButton
                  what="the curves"
                  label="CSV of curves"
                  text={() => curvesCsv(board)}
                  file={fileName(name, "noise curves")}
                />
              </>
            )
          }
        >
          <NoiseGrid board={board} noise={noise} looks={looks} />
        </Panel>
      ))}
      <Panel
        title="Label versions"
        note={`Made of label version ${labelVersion} with noise seed ${board.noiseSeed}: one corrupted set per level for all methods and seeds; what a lower level corrupts a higher one corrupts too.`}
      >
        <VersionsTable board={board} datasetId={datasetId} />
      </Panel>
    </>
  );
}

function BoardSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={140} />
      <Skeleton h={340} />
      <Skeleton h={260} />
    </Stack>
  );
}
