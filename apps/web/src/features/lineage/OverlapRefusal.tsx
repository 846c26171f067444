"use client";
import { Alert, Anchor, Button, Table, Text } from "@mantine/core";
import Link from "next/link";
import { plural } from "@/lib/format";
import type { Starting } from "../newExperiment/useStart.ts";
import { type OverlapOfHop, pairKind } from "./refusedOverlaps.ts";

interface Props {
  readonly starting: Starting;
  /** How many it would start. */
  readonly runs: number;
  readonly disabled: boolean;
}

/** Why runs were not started: their weights have seen test pictures; which, and how to start them all the same. */
export function OverlapRefusal({ starting, runs, disabled }: Props) {
  const { overlaps, busy, start } = starting;
  if (overlaps === null) return null;
  return (
    <Alert color="red" variant="light" title="The starting weights have seen test pictures" role="alert">
      <Text size="sm">
        Nothing was started. An arm's weights were trained or chosen on pictures that the test fold of this split asks
        about, so its test score would be no test. Choose other weights or another split.
      </Text>
      {overlaps.map((hop) => (
        <SeenPictures key={hop.runId} hop={hop} />
      ))}
      <Text size="sm" mt="sm">
        Or accept it: every board of the experiment then carries the stamp “start saw test pictures”.
      </Text>
      <Button mt="xs" color="red" variant="outline" loading={busy} disabled={disabled} onClick={() => start(true)}>
        Accept and start {plural(runs, "run")}
      </Button>
    </Alert>
  );
}

function SeenPictures({ hop }: { readonly hop: OverlapOfHop }) {
  const { runId, runName, count, pairs } = hop;
  const more = count - pairs.length;
  return (
    <>
      <Text size="sm" mt="sm" style={{ overflowWrap: "anywhere" }}>
        <Anchor component={Link} href={`/runs/${runId}`} size="sm">
          {runName}
        </Anchor>
        : {plural(count, "picture")}
      </Text>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={`Test pictures that ${runName} has seen`}
        style={{ maxHeight: 240, overflow: "auto" }}
      >
        <Table fz="xs" verticalSpacing={2} horizontalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>It has seen</Table.Th>
              <Table.Th>Of the test fold</Table.Th>
              <Table.Th>Kind</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pairs.map(({ seen, test, kind }) => (
              <Table.Tr key={`${seen} ${test}`}>
                <Table.Td>{seen}</Table.Td>
                <Table.Td>{test}</Table.Td>
                <Table.Td>{pairKind[kind]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          and {plural(more, "more pair")}
        </Text>
      )}
    </>
  );
}
