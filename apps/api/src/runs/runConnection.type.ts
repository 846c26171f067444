import { connectionType } from "../graphql/connection.ts";
import { Run } from "./run.type.ts";

export const RunConnection = connectionType("Run", () => Run);
