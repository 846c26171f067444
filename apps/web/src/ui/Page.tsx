"use client";
import { Anchor, Box, Group, Text, Title } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { TabTitle } from "./TabTitle.tsx";

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

interface Props {
  readonly title: ReactNode;
  /** The plain text of the title, for the browser's tab. */
  readonly tabTitle: string;
  readonly crumbs?: readonly Crumb[];
  /** One line under the title: what this is. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Head and body of a screen. */
export function Page({ title, tabTitle, crumbs = [], lead, actions, children }: Props) {
  return (
    <Box px={{ base: "sm", sm: "lg" }} py="md" maw={1680}>
      <TabTitle>{tabTitle}</TabTitle>
      {crumbs.length > 0 && (
        <Box component="nav" aria-label="Breadcrumb" mb={4}>
          {crumbs.map((crumb, place) => (
            <span key={crumb.href}>
              {place > 0 && (
                <Text span size="sm" c="dimmed" aria-hidden>
                  {" / "}
                </Text>
              )}
              <Anchor component={Link} href={crumb.href} size="sm">
                {crumb.label}
              </Anchor>
            </span>
          ))}
        </Box>
      )}
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <Box miw={0} flex="1 1 300px">
          <Title order={1} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          {lead && (
            <Text component="div" c="dimmed" mt={2} maw={900}>
              {lead}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
