import type { DatasetItemsQuery } from "@/gql/graphql";

export type GridItem = NonNullable<DatasetItemsQuery["dataset"]>["items"]["edges"][number]["node"];
