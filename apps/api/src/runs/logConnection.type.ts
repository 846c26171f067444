import { connectionType } from "../graphql/connection.ts";
import { RunLog } from "./runLog.type.ts";

export const LogConnection = connectionType("Log", () => RunLog);
