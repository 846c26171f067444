/**
 * @file Watches runs by asking the store twice a second, once per watched set however many subscribers it has.
 *
 * Asking, and not LISTEN/NOTIFY: a notification takes a lock over the whole database at every commit of every batch.
 */
import type { Database } from "@tessera/store/database";
import { runChanges } from "@tessera/store/runs";

export const pollMs = 500;
/** Streams one person may hold open in this process; a browser opens six at most per host. */
export const mostStreams = 50;

interface Feed {
  readonly listeners: Set<() => void>;
  /** The first look is over: no later change is missed. */
  readonly ready: Promise<void>;
  stop(): void;
}

export class Feeds {
  private readonly db: Database;
  private readonly feeds = new Map<string, Feed>();

  constructor(db: Database) {
    this.db = db;
  }

  /**
   * Calls `changed` after any change of these runs once `ready`; several changes between two looks are one call. What is loaded
   * before `ready` may be older than the first look, and the change between them would never be told.
   */
  watch(teamId: string, runIds: readonly string[], changed: () => void): { ready: Promise<void>; stop: () => void } {
    const key = [teamId, ...runIds].join(" ");
    const feed = this.feeds.get(key) ?? this.open(key, teamId, runIds);
    feed.listeners.add(changed);
    const stop = () => {
      feed.listeners.delete(changed);
      if (feed.listeners.size === 0 && this.feeds.get(key) === feed) {
        this.feeds.delete(key);
        feed.stop();
      }
    };
    return { ready: feed.ready, stop };
  }

  /** Sets watched now. */
  get size(): number {
    return this.feeds.size;
  }

  private open(key: string, teamId: string, runIds: readonly string[]): Feed {
    const listeners = new Set<() => void>();
    let seen: string | undefined;
    let looked = false;
    let away = false;
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    const look = async () => {
      try {
        const marker = JSON.stringify(await this.db.asTeam(teamId, (sql) => runChanges(sql, teamId, runIds)));
        if (looked && seen !== marker) for (const listener of listeners) listener();
        seen = marker;
        away = false;
      } catch (error) {
        if (!away) console.error("Updates wait for the database:", error); // once, not twice a second
        away = true;
      }
      looked = true;
      if (!stopped) timer = setTimeout(look, pollMs);
    };
    const feed: Feed = {
      listeners,
      ready: look(),
      stop: () => {
        stopped = true;
        clearTimeout(timer);
      },
    };
    this.feeds.set(key, feed);
    return feed;
  }
}
