"use client";
import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { ImportFieldsFragment } from "@/gql/graphql";
import { Empty } from "@/ui/Empty";
import { ImportCard } from "./ImportCard.tsx";

interface Props {
  readonly imports: readonly ImportFieldsFragment[];
  readonly action: ReactNode;
  readonly onFinished: () => void;
}

export function ImportsTab({ imports, action, onFinished }: Props) {
  if (imports.length === 0) {
    return (
      <section className="panel">
        <Empty title="No imports yet" action={action}>
          An import takes in a folder: good files go in, bad ones are refused with their name and the reason.
        </Empty>
      </section>
    );
  }
  const newestFirst = [...imports].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return (
    <Stack gap="md">
      {newestFirst.map((each) => (
        <ImportCard key={each.id} initial={each} onFinished={onFinished} />
      ))}
    </Stack>
  );
}
