/** @file Undo and redo over values that are never changed. */
export interface Steps<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

const most = 200;

export const begin = <T>(now: T): Steps<T> => ({ past: [], now, future: [] });

export const step = <T>({ past, now }: Steps<T>, next: T): Steps<T> => ({
  past: [...past, now].slice(-most),
  now: next,
  future: [],
});

export const undo = <T>(steps: Steps<T>): Steps<T> => {
  const { past, now, future } = steps;
  return past.length === 0 ? steps : { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future] };
};

export const redo = <T>(steps: Steps<T>): Steps<T> => {
  const { past, now, future } = steps;
  return future.length === 0 ? steps : { past: [...past, now], now: future[0]!, future: future.slice(1) };
};
