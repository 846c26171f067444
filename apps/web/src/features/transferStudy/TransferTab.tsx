"use client";
import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { comparedMetrics } from "@/features/classificationComparison/metrics";
import { ArmName } from "@/features/curves/ArmKey";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { useRefetchOn } from "@/lib/useRefetchOn";
import { useScheme } from "@/lib/useScheme";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { ArmsPanel } from "./ArmsPanel.tsx";
import { CurvesPanel } from "./CurvesPanel.tsx";
import { FractionPlot } from "./FractionPlot.tsx";
import { GapPanels } from "./GapPanels.tsx";
import { maskMetrics } from "./maskMetrics.ts";
import { type Board, basisText, lookedArms, sharesOf } from "./model.ts";
import { TransferStudyQuery } from "./queries.ts";
import { cellsCsv, seedsCsv } from "./transferCsv.ts";
import { VerdictPanel } from "./VerdictPanel.tsx";

interface Props {
  readonly experimentId: string;
  readonly classifies: boolean;
  /** Raised when a run has ended. */
  readonly revision: number;
}

/** Does pretraining help: the final gap and the speed gap, apart, at every share of the data. */
export function TransferTab({ experimentId, classifies, revision }: Props) {
  const [fold, setFold] = useFold();
  const metrics = classifies ? comparedMetrics : maskMetrics;
  const [asked, setMetric] = useQueryParam("metric", metrics[0].value);
  const metric = metrics.find(({ value }) => value === asked)?.value ?? metrics[0].value;
  const query = useQuery(TransferStudyQuery, {
    variables: { id: experimentId, fold, metric },
    fetchPolicy: "no-cache",
  });
  useRefetchOn(revision, query.refetch);
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Metric"
          value={metric}
          data={[...metrics]}
          onChange={(event) => setMetric(event.currentTarget.value)}
        />
        <FoldSwitch fold={fold} onChange={setFold} />
      </Group>
      <Loaded query={query} skeleton={<BoardSkeleton />}>
        {({ experiment }) =>
          experiment?.transferStudy ? (
            <TransferBoard
              board={experiment.transferStudy}
              name={experiment.name}
              experimentId={experimentId}
              labelVersion={experiment.labelVersion.number}
            />
          ) : (
            <section className="panel">
              <Empty title="These arms are no transfer study">
                They differ in something else than starting weights and share of the data, or none starts at random.
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
  readonly experimentId: string;
  readonly labelVersion: number;
}

function TransferBoard({ board, name, experimentId, labelVersion }: BoardProps) {
  const scheme = useScheme();
  const arms = useMemo(() => lookedArms(board, scheme), [board, scheme]);
  const basis = basisText(board, labelVersion);
  const scored = board.arms.some(({ cells }) => cells.some(({ score }) => score.seeds > 0));
  return (
    <>
      <VerdictPanel board={board} basis={basis} experimentId={experimentId} />
      <Panel
        title={`${board.metric.label} by share of the training ${sharesOf(board)}`}
        note={`${basis}. Large mark: mean over the seeds; small marks: the seeds, each opens its run; band: lowest to highest seed. ${board.metric.label}: ${board.metric.convention}.`}
        actions={
          <>
            <CsvButton what="the board" text={() => cellsCsv(board, labelVersion)} file={fileName(name, "transfer")} />
            <CsvButton
              what="the runs"
              label="CSV of runs"
              text={() => seedsCsv(board)}
              file={fileName(name, "transfer runs")}
            />
          </>
        }
      >
        {scored ? (
          <>
            <Group gap="md" mb="xs">
              {arms.map((arm) => (
                <ArmName key={arm.name} name={arm.name} look={arm.look} />
              ))}
            </Group>
            <FractionPlot board={board} arms={arms} name={name} />
          </>
        ) : (
          <Text size="sm" c="dimmed">
            No run is scored on this fold yet.
          </Text>
        )}
      </Panel>
      <GapPanels board={board} arms={arms} name={name} basis={basis} experimentId={experimentId} />
      <CurvesPanel board={board} arms={arms} name={name} />
      <ArmsPanel board={board} arms={arms} />
    </>
  );
}

function BoardSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={140} />
      <Skeleton h={380} />
      <Skeleton h={300} />
    </Stack>
  );
}
