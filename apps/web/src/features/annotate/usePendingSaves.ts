"use client";
import { useApolloClient } from "@apollo/client/react";
import { useEffect, useRef, useState } from "react";
import type { SaveAnnotationInput } from "@/gql/graphql";
import type { Task } from "./model.ts";
import { ReopenReviewTask, ReviewTaskState, SaveAnnotation, SkipReviewTask } from "./queries.ts";

export interface Ended<Said> {
  readonly task: Task;
  /** What is to be shown when it is opened again; null: it was skipped. */
  readonly said: Said | null;
}

interface Failed<Said> {
  readonly error: unknown;
  /** What was not saved; null: it is saved, and could not be opened again. */
  readonly ended: Ended<Said> | null;
}

/** How often, and how long apart (ms), a mask that is being checked is asked for again. */
const [mostLooks, lookMs] = [40, 500];

/** Saves while the next item is looked at already, one after the other. What could not be saved is told, and can be tried again. */
export function usePendingSaves<Said>() {
  const client = useApolloClient();
  const [waiting, setWaiting] = useState(0);
  const [failed, setFailed] = useState<Failed<Said>>();
  const [savedAt, setSavedAt] = useState<readonly number[]>([]);
  const ended = useRef<Ended<Said>[]>([]);
  const line = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    if (waiting === 0) return;
    const keep = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", keep);
    return () => window.removeEventListener("beforeunload", keep);
  }, [waiting]);

  function send(end: Ended<Said>, work: () => Promise<unknown>): void {
    ended.current.push(end);
    setWaiting((count) => count + 1);
    line.current = line.current.then(work).then(
      () => setSavedAt((times) => (end.said === null ? times : [...times, Date.now()])),
      (error: unknown) => {
        ended.current = ended.current.filter((each) => each !== end);
        setFailed({ error, ended: end });
      },
    );
    void line.current.finally(() => setWaiting((count) => count - 1));
  }

  return {
    waiting,
    failed,
    forgetFailure: () => setFailed(undefined),
    savedAt,
    canUndo: ended.current.length > 0,
    /** @param label made when its turn comes: a mask is encoded and sent first */
    save(
      task: Task,
      said: Said,
      label: () => Promise<Omit<SaveAnnotationInput, "itemId" | "taskId">>,
      afterwards: () => unknown = () => undefined,
    ): void {
      send({ task, said }, async () => {
        const input = { ...(await label()), itemId: task.item.id, taskId: task.id };
        await client.mutate({ mutation: SaveAnnotation, variables: { input }, fetchPolicy: "no-cache" });
        await afterwards();
      });
    },
    skip(task: Task, reason: string): void {
      send({ task, said: null }, () =>
        client.mutate({ mutation: SkipReviewTask, variables: { id: task.id, reason }, fetchPolicy: "no-cache" }),
      );
    },
    /** The newest that was saved or skipped, open again; null where there is none, or it cannot be (then it is told). */
    async undo(): Promise<Ended<Said> | null> {
      await line.current;
      const newest = ended.current.at(-1);
      if (!newest) return null;
      try {
        const variables = { id: newest.task.id };
        for (let look = 0; look < mostLooks; look++) {
          const options = { query: ReviewTaskState, variables, fetchPolicy: "no-cache" } as const;
          const { data: now } = await client.query(options);
          if (now?.reviewTask?.state !== "CHECKING") break;
          await new Promise((resolve) => setTimeout(resolve, lookMs));
        }
        const { data } = await client.mutate({ mutation: ReopenReviewTask, variables, fetchPolicy: "no-cache" });
        ended.current.pop();
        return { task: data!.reopenReviewTask, said: newest.said };
      } catch (error) {
        setFailed({ error, ended: null });
        return null;
      }
    },
  };
}
