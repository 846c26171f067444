import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { runForeground } from "./foreground.ts";

export function run(): Promise<void> {
  const { TESSERA_API_URL, TESSERA_WEB_PORT = "3000", TESSERA_WEB_HOST = "127.0.0.1" } = process.env;
  if (!TESSERA_API_URL)
    throw new DomainError("UNAVAILABLE", "Set TESSERA_API_URL to where the api listens, e.g. http://api:4000");
  const next = join("node_modules", "next", "dist", "bin", "next");
  return runForeground(
    [next, "start", "apps/web", "-p", TESSERA_WEB_PORT, "-H", TESSERA_WEB_HOST],
    [{ NODE_ENV: "production" }],
  );
}
