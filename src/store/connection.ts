/** @file Where the database is, and how a connection to it is opened. */
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import postgres from "postgres";

export type Connection =
  | { readonly url: string }
  | {
      readonly socketDirectory: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
      readonly password?: string;
    };

/** bigint columns are read as numbers: counts, sizes and steps stay far below 2^53. */
const bigint = { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number };

export type SqlTypes = { bigint: number };

/**
 * Options of one connection. Columns arrive in camelCase, the contents of jsonb untouched.
 * @param role the role to act as; absent for migrations, which act as the owner.
 */
export function connectionOptions(connection: Connection, role?: string): postgres.Options<{ bigint: typeof bigint }> {
  const place =
    "url" in connection
      ? {}
      : {
          path: join(connection.socketDirectory, `.s.PGSQL.${connection.port}`),
          user: connection.user,
          database: connection.database,
          ...(connection.password === undefined ? {} : { password: connection.password }),
        };
  return {
    ...place,
    types: { bigint },
    transform: { column: { from: postgres.toCamel } },
    connect_timeout: 10,
    onnotice: () => undefined,
    connection: {
      application_name: "tessera",
      timezone: "UTC",
      // A forgotten transaction must not hold its locks for ever.
      idle_in_transaction_session_timeout: 60_000,
      ...(role === undefined ? {} : { options: `-c role=${role}` }),
    },
  };
}

export function openClient(connection: Connection, options: postgres.Options<{ bigint: typeof bigint }>) {
  return "url" in connection ? postgres(connection.url, options) : postgres(options);
}

/** DATABASE_URL, else TESSERA_DATABASE (the JSON of a Connection, as `tessera start` hands it to its children). */
export function connectionFromEnvironment(env: Readonly<Record<string, string | undefined>>): Connection {
  if (env.DATABASE_URL) return { url: env.DATABASE_URL };
  const problem = (got: string) =>
    new DomainError(
      "UNAVAILABLE",
      `Expected DATABASE_URL or TESSERA_DATABASE in the environment, got ${got}. Start with \`tessera start\`, or set DATABASE_URL.`,
    );
  if (!env.TESSERA_DATABASE) throw problem("neither");
  let value: unknown;
  try {
    value = JSON.parse(env.TESSERA_DATABASE);
  } catch {
    throw problem("a TESSERA_DATABASE that is not JSON");
  }
  if (!isConnection(value)) throw problem("a TESSERA_DATABASE without url or socketDirectory, port, user, database");
  return value;
}

function isConnection(value: unknown): value is Connection {
  if (typeof value !== "object" || value === null) return false;
  const has = (key: string, type: string) => typeof (value as Record<string, unknown>)[key] === type;
  if (has("url", "string")) return true;
  return (
    has("socketDirectory", "string") && has("port", "number") && has("user", "string") && has("database", "string")
  );
}
