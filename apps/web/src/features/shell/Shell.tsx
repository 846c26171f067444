"use client";
import { AppShell, Burger, Group, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { AccountMenu } from "./AccountMenu.tsx";
import { Brand } from "./Brand.tsx";
import { Navigation } from "./Navigation.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { ServerWatch } from "./ServerWatch.tsx";

/** The frame of every signed-in screen. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the narrow menu closes when the page changes
  useEffect(close, [pathname]);

  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 184, breakpoint: "md", collapsed: { mobile: !opened } }}
      transitionDuration={0}
    >
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <AppShell.Header withBorder style={{ background: "var(--surface)", borderColor: "var(--hairline)" }}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label="Menu"
              aria-expanded={opened}
            />
            <UnstyledButton component={Link} href="/experiments" aria-label="Tessera, to the experiments">
              <Brand />
            </UnstyledButton>
          </Group>
          <Group gap={6} wrap="nowrap">
            <SchemeSwitch />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar withBorder p={8} style={{ background: "var(--surface)", borderColor: "var(--hairline)" }}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} style={{ outline: "none", background: "var(--page)" }}>
        <ServerWatch />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
