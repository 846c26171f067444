import type { NewExperimentFormQuery } from "@/gql/graphql";

/** A run that an arm may start from, or that says how long one takes. */
export type FormRun = NewExperimentFormQuery["runs"]["edges"][number]["node"];
