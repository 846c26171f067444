"use client";
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Nothing here yet: what would be here, and how it comes to be. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Stack gap={4} align="center" py={36} px="md" ta="center">
      <svg
        width="44"
        height="28"
        viewBox="0 0 44 28"
        aria-hidden="true"
        fill="none"
        stroke="var(--hairline)"
        strokeWidth="1.5"
      >
        <path d="M1 1h12v12H1zM16 1h12v12H16zM1 15h12v12H1zM31 15h12v12H31z" />
        <path d="M16 15h12v12H16z" strokeDasharray="3 2" stroke="var(--ink-soft)" />
      </svg>
      <Text fw={600} mt={6}>
        {title}
      </Text>
      {children && (
        <Text size="sm" c="dimmed" maw={460} component="div">
          {children}
        </Text>
      )}
      {action && <Group mt="sm">{action}</Group>}
    </Stack>
  );
}
