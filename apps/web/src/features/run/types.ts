import type { RunQuery, SampleFieldsFragment } from "@/gql/graphql";

export type Run = NonNullable<RunQuery["run"]>;
export type Sample = SampleFieldsFragment;
