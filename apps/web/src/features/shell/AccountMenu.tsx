"use client";
import { useApolloClient } from "@apollo/client/react";
import { Button, Menu, Skeleton, Text } from "@mantine/core";
import { IconChevronDown, IconLogout } from "@tabler/icons-react";
import { roleName } from "@/lib/words";
import { useViewer } from "./viewer.ts";

export function AccountMenu() {
  const { viewer } = useViewer();
  const client = useApolloClient();
  if (!viewer) return <Skeleton h={28} w={110} />;

  async function signOut() {
    await fetch("/auth/sign-out", { method: "POST" });
    await client.clearStore();
    window.location.assign("/sign-in");
  }

  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          fw={500}
          maw={200}
          c="var(--mantine-color-text)"
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {viewer.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {viewer.teamName}
          </Text>
          {viewer.email} · {roleName[viewer.role]}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
