/**
 * @file The pool of the application's connections, and the two ways to use it: `asTeam` (a guarded transaction that
 * sees one team) and `once` (one statement: a SQL function that sets its team itself).
 */
import { DomainError } from "@tessera/domain/errors";
import type { Connection } from "./connection.ts";
import { toDomainError } from "./errors.ts";
import { guardedTransaction, type PlainSql, SingleConnection, type TeamSql } from "./guardedTransaction.ts";

export type { Connection } from "./connection.ts";
export type { TeamSql } from "./guardedTransaction.ts";

/** The role of every request: owns nothing, is subject to row-level security. */
export const applicationRole = "tessera_app";

export interface Database {
  /**
   * Runs `work` in one transaction that sees the rows of `teamId` only. With `reader`, a member: without the opinions that this member
   * must not see before their own blind second read is saved.
   */
  asTeam<T>(teamId: string, work: (sql: TeamSql) => Promise<T>, reader?: string): Promise<T>;
  /** One statement in its own transaction, with no team set. */
  once<T>(statement: (sql: PlainSql) => PromiseLike<T>): Promise<T>;
  close(): Promise<void>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Opens nothing yet: the first use does. `max` connections at most. */
export function connectDatabase(connection: Connection, { max = 10 }: { max?: number } = {}): Database {
  const pool = new Pool(connection, max);
  return {
    async asTeam(teamId, work, reader = "") {
      if (!uuid.test(teamId)) throw new DomainError("BAD_INPUT", `Expected a team's id (a UUID), got "${teamId}".`);
      return pool.use((single) =>
        guardedTransaction(single, async (sql) => {
          await sql`select set_config('app.team', ${teamId}, true), set_config('app.reader', ${reader}, true)`;
          return work(sql);
        }),
      );
    },
    once: (statement) => pool.use(async (single) => statement(single.sql)),
    close: () => pool.close(),
  };
}

class Pool {
  private readonly connection: Connection;
  private readonly max: number;
  private readonly free: SingleConnection[] = [];
  private readonly open = new Set<SingleConnection>();
  private readonly waiting: (() => void)[] = [];
  private ending = false;

  constructor(connection: Connection, max: number) {
    this.connection = connection;
    this.max = max;
  }

  async use<T>(work: (single: SingleConnection) => Promise<T>): Promise<T> {
    const single = await this.take();
    try {
      return await work(single);
    } catch (error) {
      throw toDomainError(error);
    } finally {
      this.giveBack(single);
    }
  }

  async close(): Promise<void> {
    this.ending = true;
    for (const wake of this.waiting.splice(0)) wake();
    await Promise.all([...this.open].map((single) => single.end()));
  }

  private async take(): Promise<SingleConnection> {
    for (;;) {
      if (this.ending)
        throw new DomainError("UNAVAILABLE", "The database pool is closed: this process is shutting down.");
      const single = this.free.pop();
      if (single) return single;
      if (this.open.size < this.max) return this.add();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private add(): SingleConnection {
    const single = new SingleConnection(this.connection, applicationRole);
    this.open.add(single);
    single.onClose(() => {
      this.open.delete(single);
      const at = this.free.indexOf(single);
      if (at >= 0) this.free.splice(at, 1);
      this.waiting.shift()?.();
    });
    return single;
  }

  private giveBack(single: SingleConnection): void {
    if (single.closed) return;
    this.free.push(single);
    this.waiting.shift()?.();
  }
}
