"use client";
import { Anchor, Button, Code, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import Link from "next/link";
import { type DescribedError, describeError } from "@/lib/describeError";

interface Props {
  readonly error: unknown;
  readonly retry?: () => unknown;
  /** Where to go when the thing itself is missing. */
  readonly back?: { readonly href: string; readonly label: string };
}

const isDescribed = (error: unknown): error is DescribedError =>
  typeof error === "object" && error !== null && "fix" in error && "title" in error;

/** What happened, what to do, and a way to try again. */
export function ErrorPanel({ error, retry, back }: Props) {
  const { title, message, fix, code } = isDescribed(error) ? error : describeError(error);
  return (
    <div role="alert" className="error-panel">
      <Group gap={8} wrap="nowrap" mb={2}>
        <IconAlertTriangle size={17} aria-hidden color="var(--mantine-color-error)" style={{ flex: "none" }} />
        <Text fw={600}>{title}</Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {message}
      </Text>
      <Text size="sm" mt={4}>
        {fix}
      </Text>
      <Group gap="sm" mt="xs">
        {retry && (
          <Button size="compact-sm" variant="default" onClick={() => retry()}>
            Try again
          </Button>
        )}
        {back && (
          <Anchor component={Link} href={back.href} size="sm">
            {back.label}
          </Anchor>
        )}
        <Code>{code}</Code>
      </Group>
    </div>
  );
}
