"use client";
import { Anchor, Group } from "@mantine/core";
import Link from "next/link";
import { plural } from "@/lib/format";
import { AnswerPanel } from "@/ui/AnswerPanel";
import { RunCounts, totalCounts } from "@/ui/RunCounts";
import { Stamp } from "@/ui/Stamp";
import { type Board, leastSeeds, progressOf } from "./model.ts";

interface Props {
  readonly board: Board;
  readonly basis: string;
  readonly experimentId: string;
}

/** The sentence, how far the runs are, and what limits it. */
export function VerdictPanel({ board, basis, experimentId }: Props) {
  const progress = progressOf(board);
  const seeds = leastSeeds(board);
  const counts = totalCounts(board.arms.flatMap(({ cells }) => cells.map(({ runStates }) => runStates)));
  return (
    <AnswerPanel isOver={progress.open === 0} basis={basis} answer={board.verdict} notes={board.notes}>
      <Group gap="sm" mt="sm" align="center">
        {progress.open > 0 && (
          <Stamp
            why={`${progress.open} of ${plural(progress.total, "run")} have not ended. Verdicts come when all have.`}
          >
            waiting for runs
          </Stamp>
        )}
        {progress.open === 0 && seeds < 5 && (
          <Stamp
            why={`Some arm has scores of ${plural(seeds, "seed")} only: below 5 there are estimates, and no verdict.`}
          >
            too few seeds
          </Stamp>
        )}
        {progress.failed > 0 && (
          <Stamp
            why={`Failed in: ${progress.failedArms.join(", ")}. Their seeds are left out of the gaps at that share.`}
          >
            {plural(progress.failed, "failed run")}
          </Stamp>
        )}
        <RunCounts counts={counts} />
        {progress.failed > 0 && (
          <Anchor component={Link} href={`/experiments/${experimentId}`} size="sm" underline="always">
            See the runs, and queue the failed ones again
          </Anchor>
        )}
      </Group>
    </AnswerPanel>
  );
}
