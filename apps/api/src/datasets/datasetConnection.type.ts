import { connectionType } from "../graphql/connection.ts";
import { Dataset } from "./dataset.type.ts";

export const DatasetConnection = connectionType("Dataset", () => Dataset);
