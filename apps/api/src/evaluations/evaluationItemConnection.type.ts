import { connectionType } from "../graphql/connection.ts";
import { EvaluationItem } from "./evaluationItem.type.ts";

export const EvaluationItemConnection = connectionType("EvaluationItem", () => EvaluationItem);
