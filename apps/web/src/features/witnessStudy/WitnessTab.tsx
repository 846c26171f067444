"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Group, Skeleton, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { fileName } from "@/lib/saveFile";
import { usePollWhile } from "@/lib/usePollWhile";
import { useScheme } from "@/lib/useScheme";
import { AnswerPanel } from "@/ui/AnswerPanel";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { Stamp } from "@/ui/Stamp";
import { type Board, basisText, leastSeeds, lookOf } from "./model.ts";
import { ProgressPanel } from "./ProgressPanel.tsx";
import { WitnessStudyQuery } from "./queries.ts";
import { LimitTable, ScoreTable } from "./ScoreTable.tsx";
import { WitnessPlot } from "./WitnessPlot.tsx";
import { witnessCsv } from "./witnessCsv.ts";

const pollMs = 3000;

/** Down to which witness rate each pooling finds a bag: curves, limits, and the table behind them. */
export function WitnessTab({ experimentId }: { readonly experimentId: string }) {
  const query = useQuery(WitnessStudyQuery, { variables: { id: experimentId }, fetchPolicy: "no-cache" });
  // Bags come without a run changing: the board asks until nothing is left to come.
  const isOver = query.data?.experiment?.witnessStudy?.progress.isOver ?? false;
  usePollWhile(query, !isOver, pollMs);
  return (
    <Loaded query={query} skeleton={<BoardSkeleton />}>
      {({ experiment }) =>
        experiment?.witnessStudy ? (
          <WitnessBoard
            board={experiment.witnessStudy}
            name={experiment.name}
            basis={basisText(experiment.witnessStudy, {
              dataset: experiment.dataset.name,
              split: experiment.split.name,
            })}
          />
        ) : (
          <section className="panel">
            <Empty title="This experiment is no witness-rate study">
              A witness-rate study is made by its own form: it composes the bags, too.
            </Empty>
          </section>
        )
      }
    </Loaded>
  );
}

interface BoardProps {
  readonly board: Board;
  readonly name: string;
  readonly basis: string;
}

function WitnessBoard({ board, name, basis }: BoardProps) {
  const { progress } = board;
  const scheme = useScheme();
  const [isTableOpen, setTableOpen] = useState(false);
  const looks = (pooling: string) => lookOf(board, pooling, scheme);
  const isScored = board.curves.some(({ points }) => points.some(({ score }) => score.seeds > 0));
  return (
    <Stack gap="md">
      <AnswerPanel isOver={progress.isOver} basis={basis} answer={board.answer} notes={board.notes}>
        {progress.isOver && leastSeeds(board) < 5 && (
          <Group mt="sm">
            <Stamp why="Below 5 seeds with a score at every rate there are estimates, and no verdict.">
              too few seeds
            </Stamp>
          </Group>
        )}
      </AnswerPanel>
      <ProgressPanel board={board} />
      <Panel
        title="AUC on test against the witness rate"
        note={`${basis}. Large mark: mean over the seeds; small marks: the seeds, each opens its run; band: lowest to highest seed; arrow on the axis: below it not told from chance.`}
        actions={<CsvButton what="the board" text={() => witnessCsv(board)} file={fileName(name, "witness rate")} />}
      >
        {isScored ? (
          <Stack gap="md">
            <WitnessPlot board={board} looks={looks} name={name} />
            <LimitTable board={board} looks={looks} />
            <div>
              <Anchor
                component="button"
                type="button"
                size="sm"
                aria-expanded={isTableOpen}
                onClick={() => setTableOpen(!isTableOpen)}
              >
                {isTableOpen ? "Hide the table" : "Show as a table"}
              </Anchor>
              {isTableOpen && (
                <>
                  <Text size="xs" c="dimmed" my={6}>
                    Mean ± SD over the seeds.
                  </Text>
                  <ScoreTable board={board} looks={looks} />
                </>
              )}
            </div>
          </Stack>
        ) : (
          <Text size="sm" c="dimmed">
            No run is scored yet.
          </Text>
        )}
        <Text size="sm" c="dimmed" mt="sm">
          The bags of all rates are in{" "}
          <Anchor component={Link} href={`/datasets/${board.bagDatasetId}`} size="sm" underline="always">
            a dataset of their own
          </Anchor>
          .
        </Text>
      </Panel>
    </Stack>
  );
}

function BoardSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={140} />
      <Skeleton h={380} />
    </Stack>
  );
}
