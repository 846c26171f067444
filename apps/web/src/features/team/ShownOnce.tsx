"use client";
import { Alert, Button, Code, CopyButton, Group, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";

/** A secret that cannot be shown a second time. */
export function ShownOnce({
  title,
  secret,
  hint,
}: {
  readonly title: string;
  readonly secret: string;
  readonly hint: string;
}) {
  return (
    <Alert
      color="petrol"
      title={title}
      icon={<IconKey aria-hidden />}
      role="status"
      styles={{ title: { color: "var(--mantine-color-text)" } }}
    >
      <Group gap="sm" align="center">
        <Code block style={{ flex: "1 1 240px", overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {secret}
        </Code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="xs" mt={6}>
        {hint}
      </Text>
    </Alert>
  );
}
