"use client";
import { Button } from "@mantine/core";
import Link from "next/link";
import { Empty } from "@/ui/Empty";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { SkeletonRows } from "@/ui/Loaded";
import css from "./annotate.module.css";
import type { TaskQueue } from "./useTaskQueue.ts";

/** What there is where no item is: not yet, not any more, or a fault. */
export function QueueEnd({ queue, datasetId }: { readonly queue: TaskQueue; readonly datasetId: string }) {
  return (
    <div className={css.middle}>
      {queue.error ? (
        <ErrorPanel error={queue.error} retry={queue.retry} />
      ) : queue.loading ? (
        <div style={{ width: 320 }}>
          <SkeletonRows rows={4} />
        </div>
      ) : (
        <Empty
          title="Nothing waits for you here"
          action={
            <>
              <Button variant="default" onClick={queue.retry}>
                Look again
              </Button>
              <Button component={Link} href={`/datasets/${datasetId}?tab=review`}>
                To the review queue
              </Button>
            </>
          }
        >
          All of this queue is done, is somebody else’s, or was skipped by you. A second read is never given to the
          first reader, nor an adjudication to one of its readers.
        </Empty>
      )}
    </div>
  );
}
