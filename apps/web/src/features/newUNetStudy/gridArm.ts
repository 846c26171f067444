import type { UNetStudyGridQuery } from "@/gql/graphql";

/** An arm that the study would have, with its full configuration and what its model costs. */
export type GridArm = UNetStudyGridQuery["unetStudyGrid"]["arms"][number];
