"use client";
import { ActionIcon, Anchor, Group, Text, Title } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import Link from "next/link";
import { SchemeSwitch } from "@/features/shell/SchemeSwitch";
import type { ReviewPurpose } from "@/gql/graphql";
import { count } from "@/lib/format";
import css from "./annotate.module.css";
import { itemsPerHour } from "./classes/rate.ts";
import { type AnnotatedDataset, purposeName, type Schema } from "./model.ts";

interface Props {
  readonly dataset: AnnotatedDataset;
  readonly schema: Schema;
  readonly purpose: ReviewPurpose;
  readonly userId: string;
  /** When this screen's opinions were saved. */
  readonly savedAt: readonly number[];
  readonly waiting: number;
  readonly onHelp: () => void;
}

/** Where one is, how far, and how fast. */
export function AnnotateHead({ dataset, schema, purpose, userId, savedAt, waiting, onHelp }: Props) {
  const queue = dataset.reviewQueues.find((each) => each.schema.id === schema.id && each.purpose === purpose);
  const own = queue?.reviewers.find((each) => each.userId === userId);
  const rate = itemsPerHour(savedAt);
  const total = queue ? queue.open + queue.checking + queue.done + queue.skipped : 0;
  return (
    <header className={css.head}>
      <Anchor component={Link} href={`/datasets/${dataset.id}?tab=review`} size="sm">
        Leave
      </Anchor>
      <Title order={1}>
        {dataset.name} · {purposeName[purpose]}
      </Title>
      <Text size="sm" c="dimmed" role="status" style={{ flex: "1 1 200px" }}>
        {queue ? `${count(queue.done + queue.checking)} of ${count(total)} done` : ""}
        {own ? `, ${count(own.done)} by you` : ""}
        {savedAt.length > 0 ? ` · ${count(savedAt.length)} just now` : ""}
        {rate === null ? "" : ` · ${count(Math.round(rate))} an hour`}
        {waiting > 0 ? ` · saving ${waiting}` : ""}
      </Text>
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Keys and mouse" onClick={onHelp}>
          <IconKeyboard size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
        <SchemeSwitch />
      </Group>
    </header>
  );
}
