"use client";
import { MoreRows } from "./MoreRows.tsx";

interface Props {
  readonly query: { readonly fetchMore: (options: { variables: { after: string | null } }) => Promise<unknown> };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly shown: number;
  readonly total: number;
}

/** More rows of a list that is not polled: the cache's policy appends the next page. */
export function MorePages({ query, pageInfo, shown, total }: Props) {
  const more = () => query.fetchMore({ variables: { after: pageInfo.endCursor ?? null } });
  return <MoreRows hasMore={pageInfo.hasNextPage} more={more} shown={shown} total={total} />;
}
