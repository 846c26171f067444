import { connectionType } from "../graphql/connection.ts";
import { ImportProblem } from "./importProblem.type.ts";

export const ImportProblemConnection = connectionType("ImportProblem", () => ImportProblem);
