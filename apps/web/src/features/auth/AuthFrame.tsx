"use client";
import { Box, Center, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Brand } from "@/features/shell/Brand";
import { SchemeSwitch } from "@/features/shell/SchemeSwitch";
import { TabTitle } from "@/ui/TabTitle";
import { Mosaic } from "./Mosaic.tsx";

export function AuthFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Center mih="100dvh" px="sm" component="main" id="main" style={{ position: "relative", isolation: "isolate" }}>
      <TabTitle>{title}</TabTitle>
      <Mosaic />
      <Box pos="fixed" top={8} right={8}>
        <SchemeSwitch />
      </Box>
      <Stack w="100%" maw={380} gap={8}>
        <Box className="panel" px="lg" py="sm">
          <Brand size={30} />
          <Text size="xs" c="dimmed" mt={4}>
            Models for medical images, compared with intervals and lineage.
          </Text>
        </Box>
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
      </Stack>
    </Center>
  );
}
