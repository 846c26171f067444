import { connectionType } from "../graphql/connection.ts";
import { Experiment } from "./experiment.type.ts";

export const ExperimentConnection = connectionType("Experiment", () => Experiment);
