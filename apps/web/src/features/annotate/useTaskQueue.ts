"use client";
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ReviewPurpose } from "@/gql/graphql";
import type { Task } from "./model.ts";
import { GiveBackReviewTasks, TakeReviewTasks } from "./queries.ts";
import { loadPicture } from "./view/pictures.ts";

/** So many are asked for when fewer than `least` are left: the next is always there before it is wanted. */
const [taken, least] = [8, 5];
/** Tasks whose opinions are still on their way come back as mine; asked again after this, ms, and so often at most. */
const [againMs, mostAgain] = [500, 60];
/** A task that is looked at for longer than this is renewed, ms; a lease is 20 minutes. */
const renewMs = 5 * 60_000;

export interface TaskQueue {
  readonly current: Task | undefined;
  readonly loading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  /** The first has ended: the next one. */
  readonly next: () => void;
  /** One that ended is wanted again, before all others. */
  readonly putFirst: (task: Task) => void;
}

/** The tasks that this member holds, the current one first. Those not done are given back when the screen is left. */
export function useTaskQueue(schemaId: string, purpose: ReviewPurpose): TaskQueue {
  const client = useApolloClient();
  const [tasks, setTasks] = useState<readonly Task[]>([]);
  const [state, setState] = useState<{ loading: boolean; error: unknown }>({ loading: true, error: undefined });
  const ended = useRef(new Set<string>());
  const held = useRef<readonly Task[]>([]);
  held.current = tasks;
  const asking = useRef(false);
  const wanted = useRef(false);
  const again = useRef(0);

  const take = useCallback(async () => {
    wanted.current = asking.current; // what is on its way may not know of what ended since
    if (asking.current) return;
    asking.current = true;
    try {
      const variables = { schemaId, purpose, count: taken };
      const { data } = await client.mutate({ mutation: TakeReviewTasks, variables, fetchPolicy: "no-cache" });
      const found = data?.takeReviewTasks ?? [];
      setTasks((before) => {
        const there = new Set(before.map(({ id }) => id));
        return [...before, ...found.filter(({ id }) => !there.has(id) && !ended.current.has(id))];
      });
      // empty only when none of mine is still being saved: it may have kept the place of another
      const saving = found.some(({ id }) => ended.current.has(id)) && again.current++ < mostAgain;
      if (saving) setTimeout(() => held.current.length < least && void take(), againMs);
      else again.current = 0;
      setState({ loading: saving || wanted.current, error: undefined });
    } catch (error) {
      setState({ loading: false, error });
    } finally {
      asking.current = false;
      if (wanted.current) void take();
    }
  }, [client, schemaId, purpose]);

  useEffect(() => {
    void take();
    const renewing = setInterval(() => void take(), renewMs);
    return () => {
      clearInterval(renewing);
      const ids = held.current.map(({ id }) => id);
      if (ids.length > 0)
        void client.mutate({ mutation: GiveBackReviewTasks, variables: { ids } }).catch(() => undefined);
    };
  }, [take, client]);

  useEffect(() => {
    for (const { item } of tasks.slice(0, 4)) loadPicture(item.imageUrl).catch(() => undefined); // said where it is shown
  }, [tasks]);

  return {
    current: tasks[0],
    ...state,
    retry: () => void take(),
    next() {
      const [first, ...rest] = held.current;
      if (first) ended.current.add(first.id);
      setTasks(rest);
      if (rest.length === 0) setState({ loading: true, error: undefined });
      if (rest.length < least) void take();
    },
    putFirst(task) {
      ended.current.delete(task.id);
      setTasks((before) => [task, ...before.filter(({ id }) => id !== task.id)]);
    },
  };
}
