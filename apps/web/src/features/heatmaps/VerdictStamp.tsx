"use client";
import { Stack, Text } from "@mantine/core";
import { Stamp } from "@/ui/Stamp";
import { type Checks, methodName, verdictStamp, verdictText } from "./checkText.ts";

/** The word beside a method's maps: a stamp for all but one that passes, and the sentence with its numbers. */
export function VerdictStamp({ checks }: { readonly checks: Checks }) {
  const { verdict, method } = checks;
  return (
    <Stack gap={6} align="flex-start">
      {verdict === "PASSES" ? (
        <Text fw={600}>{`${methodName[method]} ${verdictStamp[verdict]}`}</Text>
      ) : (
        <Stamp why={verdictText(checks)}>{verdictStamp[verdict]}</Stamp>
      )}
      <Text size="sm">{verdictText(checks)}</Text>
    </Stack>
  );
}
