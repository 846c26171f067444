"use client";
import { Box, Center, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { Brand } from "@/features/shell/Brand";
import { SchemeSwitch } from "@/features/shell/SchemeSwitch";

export function AuthFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Tessera`;
  }, [title]);
  return (
    <Center mih="100dvh" px="sm" component="main" id="main">
      <Box pos="fixed" top={8} right={8}>
        <SchemeSwitch />
      </Box>
      <Stack w="100%" maw={360} gap="lg">
        <Brand size={30} />
        <Box className="panel" p="lg">
          <Title order={1} mb={lead ? 4 : "md"}>
            {title}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed" mb="md">
              {lead}
            </Text>
          )}
          {children}
        </Box>
        <Text size="xs" c="dimmed">
          Models for medical images, compared with intervals and lineage.
        </Text>
      </Stack>
    </Center>
  );
}
