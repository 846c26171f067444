"use client";
import { Stack, Text } from "@mantine/core";
import type { GuardVerdict } from "@/gql/graphql";
import { Stamp } from "@/ui/Stamp";
import { verdictStamp } from "./checkText.ts";

interface Props {
  readonly verdict: GuardVerdict;
  /** Of the maps. */
  readonly name: string;
  /** The sentence with its numbers. */
  readonly text: string;
}

/** The word beside maps: a stamp for all but those that pass, and the sentence with its numbers. */
export function VerdictStamp({ verdict, name, text }: Props) {
  return (
    <Stack gap={6} align="flex-start">
      {verdict === "PASSES" ? (
        <Text fw={600}>{`${name} ${verdictStamp[verdict]}`}</Text>
      ) : (
        <Stamp why={text}>{verdictStamp[verdict]}</Stamp>
      )}
      <Text size="sm">{text}</Text>
    </Stack>
  );
}
