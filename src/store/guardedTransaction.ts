/**
 * @file The guarded transaction: the only place that opens one.
 *
 * postgres.js 3.4.9 keeps a transaction's handle usable after its backend has died: late statements, and its automatic
 * rollback, are then sent on the new connection, inside a stranger's transaction. Two locks against that: a connection
 * that closed is never used again (SingleConnection), and a handle whose transaction is over refuses every statement.
 */
import { DomainError } from "@tessera/domain/errors";
import type postgres from "postgres";
import { type Connection, connectionOptions, openClient, type SqlTypes } from "./connection.ts";
import { connectionLost } from "./errors.ts";

export type TeamSql = postgres.TransactionSql<SqlTypes>;
export type PlainSql = postgres.Sql<SqlTypes>;

/** A client of exactly one connection. Once that has closed, `closed` is true for ever. */
export class SingleConnection {
  readonly sql: PlainSql;
  closed = false;
  private readonly listeners = new Set<() => void>();

  constructor(connection: Connection, role?: string) {
    this.sql = openClient(connection, {
      ...connectionOptions(connection, role),
      max: 1,
      idle_timeout: undefined,
      max_lifetime: null,
      // Called synchronously when the socket closes, before anybody's rejected statement is seen.
      onclose: () => {
        this.closed = true;
        for (const listener of this.listeners) listener();
      },
    });
  }

  /** @returns a function that stops listening. */
  onClose(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async end(): Promise<void> {
    await this.sql.end({ timeout: 5 });
  }
}

/**
 * Runs `work` in a transaction on a connection that nobody else uses meanwhile. Await nothing but SQL in `work`.
 * @throws DomainError UNAVAILABLE as soon as the connection is lost, whatever `work` is doing; `work` is then never heard of again.
 */
export function guardedTransaction<T>(connection: SingleConnection, work: (sql: TeamSql) => Promise<T>): Promise<T> {
  const state: State = { over: null, lost: false };
  return new Promise<T>((resolve, reject) => {
    if (connection.closed) return reject(connectionLost());
    const stop = connection.onClose(() => {
      state.lost = true;
      state.over = connectionLost();
      reject(state.over);
    });
    connection.sql
      .begin(async (tx) => {
        const settled = await settle(state, () => work(guard(tx, state)));
        state.over ??= new DomainError("CONFLICT", "This transaction is over: a statement came after its end.");
        return unwrap(settled);
      })
      .then((value) => resolve(value as T), reject)
      .finally(stop);
  });
}

interface State {
  /** Why no further statement may be sent; null while the transaction is open. */
  over: DomainError | null;
  lost: boolean;
}

type Settled<T> = { readonly value: T } | { readonly error: unknown };

/** Never settles once the connection is lost, so that the driver sends no late commit or rollback. */
async function settle<T>(state: State, work: () => Promise<T>): Promise<Settled<T>> {
  let settled: Settled<T>;
  try {
    settled = { value: await work() };
  } catch (error) {
    settled = { error };
  }
  if (state.lost) await new Promise<never>(() => undefined);
  return settled;
}

function unwrap<T>(settled: Settled<T>): T {
  if ("error" in settled) throw settled.error;
  return settled.value;
}

/** A statement of the driver: lazy, sent through `handler` when first awaited. */
interface Statement {
  handler: (statement: Statement) => unknown;
  reject(error: unknown): void;
}

function guard(tx: TeamSql, state: State): TeamSql {
  /** A statement written before the loss and awaited after it must be refused too, so the check sits at the sending. */
  const watch = (result: unknown): unknown => {
    if (!(result instanceof Promise)) return result; // a fragment helper, not a statement
    const statement = result as unknown as Statement;
    const send = statement.handler;
    statement.handler = (self) => (state.over ? self.reject(state.over) : send(self));
    return result;
  };
  const check = () => {
    if (state.over) throw state.over;
  };
  return new Proxy(tx, {
    apply(target, self, args) {
      check();
      return watch(Reflect.apply(target, self, args));
    },
    get(target, key) {
      if (key === "savepoint") {
        return (...args: [...name: string[], work: (sql: TeamSql) => Promise<unknown>]) => {
          check();
          const work = args.at(-1) as (sql: TeamSql) => Promise<unknown>;
          return target.savepoint(async (inner) =>
            unwrap(await settle(state, () => work(guard(inner as TeamSql, state)))),
          );
        };
      }
      const value: unknown = Reflect.get(target, key);
      if (key !== "unsafe" && key !== "file") return value;
      return (...args: unknown[]) => {
        check();
        return watch(Reflect.apply(value as (...args: unknown[]) => unknown, target, args));
      };
    },
  });
}
