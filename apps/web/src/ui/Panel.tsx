"use client";
import { Box, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface Props {
  readonly title?: ReactNode;
  /** What the numbers below rest on: n, seeds, label version, convention. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A ruled sheet with a heading: the unit of every screen. */
export function Panel({ title, note, actions, flush = false, children }: Props) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <Group justify="space-between" gap="xs" px="md" pt={10} pb={flush ? 8 : 0} align="flex-start">
          <Box miw={0} flex="1 1 220px">
            {title && (
              <Title order={2} id={id}>
                {title}
              </Title>
            )}
            {note && (
              <Text size="xs" c="dimmed" component="div">
                {note}
              </Text>
            )}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      )}
      <Box p={flush ? 0 : "md"} pt={flush ? 0 : title ? "sm" : "md"}>
        {children}
      </Box>
    </section>
  );
}
