import { DomainError } from "@tessera/domain/errors";
import { type Connection, connectionFromEnvironment } from "@tessera/store/connection";
import { connectDatabase, type Database } from "@tessera/store/database";

export function namedConnection(): Connection {
  const named = process.env.DATABASE_URL ?? process.env.TESSERA_DATABASE;
  if (!named) throw new DomainError("UNAVAILABLE", "Set DATABASE_URL to the PostgreSQL that the processes share");
  return connectionFromEnvironment(process.env);
}

export async function withDatabase<T>(use: (db: Database, connection: Connection) => Promise<T>): Promise<T> {
  const connection = namedConnection();
  const db = connectDatabase(connection);
  try {
    return await use(db, connection);
  } finally {
    await db.close();
  }
}
