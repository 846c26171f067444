import { readSettings } from "../settings.ts";
import { runForeground } from "./foreground.ts";

export function run(): Promise<void> {
  const { objects } = readSettings();
  return runForeground(["--import", "tsx", "apps/api/src/main.ts"], [{ TESSERA_OBJECTS: objects }]);
}
