"use client";
import { Text } from "@mantine/core";
import { plural } from "@/lib/format";

/** Why it cannot be started yet. */
export function StillLacking({ missing, problems }: { missing: readonly string[]; problems: number }) {
  return (
    <>
      {missing.length > 0 && (
        <Text size="sm" c="dimmed">
          Still missing: {missing.join(", ")}.
        </Text>
      )}
      {problems > 0 && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {plural(problems, "problem")} in the configuration, named beside the fields.
        </Text>
      )}
    </>
  );
}
