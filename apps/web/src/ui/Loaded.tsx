"use client";
import { Box, Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorPanel } from "./ErrorPanel.tsx";

interface QueryState<T> {
  readonly data: T | undefined;
  readonly error?: unknown;
  readonly refetch: () => unknown;
}

interface Props<T> {
  readonly query: QueryState<T>;
  readonly skeleton?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string };
  readonly children: (data: T) => ReactNode;
}

export function SkeletonRows({ rows = 5, height = 28 }: { readonly rows?: number; readonly height?: number }) {
  return (
    <Stack gap={8} p="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={row} height={height} width={`${100 - (row % 3) * 9}%`} />
      ))}
    </Stack>
  );
}

/** The three states of every query. What was loaded before stays visible under an error. */
export function Loaded<T>({ query, skeleton, back, children }: Props<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? (
          <Box mb="md">
            <ErrorPanel error={query.error} retry={query.refetch} />
          </Box>
        ) : null}
        {children(query.data)}
      </>
    );
  }
  if (query.error) {
    return (
      <Box p="md">
        <ErrorPanel error={query.error} retry={query.refetch} back={back} />
      </Box>
    );
  }
  return skeleton ?? <SkeletonRows />;
}
