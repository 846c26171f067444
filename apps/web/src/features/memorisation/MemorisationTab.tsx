"use client";
import { useQuery } from "@apollo/client/react";
import { NativeSelect } from "@mantine/core";
import { useQueryParam } from "@/lib/useQueryParam";
import { useRefetchOn } from "@/lib/useRefetchOn";
import { Loaded } from "@/ui/Loaded";
import { MemorisationPanels, NothingTold } from "./MemorisationPanels.tsx";
import { ExperimentMemorisationQuery, RunMemorisationQuery } from "./queries.ts";

interface OfRun {
  readonly runId: string;
  readonly name: string;
  /** Raised when an epoch has ended. */
  readonly revision: number;
}

/** What one run has fitted of clean and of corrupted labels. */
export function RunMemorisationTab({ runId, name, revision }: OfRun) {
  const query = useQuery(RunMemorisationQuery, { variables: { id: runId }, fetchPolicy: "cache-and-network" });
  useRefetchOn(revision, query.refetch);
  return (
    <Loaded query={query}>
      {({ run }) => (run?.memorisation ? <MemorisationPanels board={run.memorisation} name={name} /> : <NothingTold />)}
    </Loaded>
  );
}

interface OfExperiment {
  readonly experimentId: string;
  readonly name: string;
  /** Raised when a run has ended. */
  readonly revision: number;
}

/** One curve per noise, over all runs of the arm's configuration whose labels have the same truth. */
export function ExperimentMemorisationTab({ experimentId, name, revision }: OfExperiment) {
  const [arm, setArm] = useQueryParam("memorised", "");
  const variables = { id: experimentId, arm: arm === "" ? null : arm };
  const query = useQuery(ExperimentMemorisationQuery, { variables, fetchPolicy: "cache-and-network" });
  useRefetchOn(revision, query.refetch);
  return (
    <Loaded query={query}>
      {({ experiment }) => {
        const board = experiment?.memorisation;
        if (!board) return <NothingTold />;
        const choice = board.arms.length > 1 && (
          <NativeSelect
            size="xs"
            label="Arm"
            value={board.arm}
            data={[...board.arms]}
            onChange={(event) => setArm(event.currentTarget.value)}
          />
        );
        return <MemorisationPanels board={board} name={name} choice={choice} />;
      }}
    </Loaded>
  );
}
