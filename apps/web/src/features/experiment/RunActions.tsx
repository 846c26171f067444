"use client";
import { useMutation } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useViewer } from "@/features/shell/viewer";
import type { RunState } from "@/gql/graphql";
import { describeError } from "@/lib/describeError";
import { CancelRun, RequeueRun } from "./queries.ts";

interface Props {
  readonly run: {
    readonly id: string;
    readonly arm: string;
    readonly seed: number;
    readonly state: RunState;
    readonly cancelRequested: boolean;
  };
  readonly size?: "compact-xs" | "sm";
}

/** Cancel what waits or runs; queue again what failed or was cancelled. */
export function RunActions({ run, size = "compact-xs" }: Props) {
  const { mayResearch } = useViewer();
  const onError = (error: unknown) => {
    const { title, message } = describeError(error);
    notifications.show({ title, message, color: "red" });
  };
  const [cancel, cancelling] = useMutation(CancelRun, { variables: { id: run.id }, onError });
  const [requeue, requeueing] = useMutation(RequeueRun, {
    variables: { id: run.id },
    onError,
    refetchQueries: ["Experiment"],
  });
  if (!mayResearch) return null;
  const name = `${run.arm}, seed ${run.seed}`;
  if (run.state === "QUEUED" || run.state === "RUNNING") {
    return (
      <Button
        size={size}
        variant="default"
        onClick={() => cancel()}
        loading={cancelling.loading}
        disabled={run.cancelRequested}
        aria-label={`Cancel ${name}`}
      >
        Cancel
      </Button>
    );
  }
  if (run.state === "SUCCEEDED") return null;
  return (
    <Button
      size={size}
      variant="default"
      onClick={() => requeue()}
      loading={requeueing.loading}
      aria-label={`Queue ${name} again`}
    >
      Queue again
    </Button>
  );
}
