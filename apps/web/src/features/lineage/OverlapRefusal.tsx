"use client";
import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
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
    <div role="alert" className="error-panel">
      <Group gap={8} wrap="nowrap" mb={2} align="flex-start">
        <IconAlertTriangle
          size={17}
          aria-hidden
          color="var(--mantine-color-error)"
          style={{ flex: "none", marginTop: 3 }}
        />
        <Text fw={600}>The starting weights have seen test pictures</Text>
      </Group>
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
      <Button mt="xs" variant="default" loading={busy} disabled={disabled} onClick={() => start(true)}>
        Accept and start {plural(runs, "run")}
      </Button>
    </div>
  );
}

function SeenPictures({ hop }: { readonly hop: OverlapOfHop }) {
  const { runId, runName, count, pairs } = hop;
  const more = count - pairs.length;
  return (
    <>
      <Text size="sm" mt="sm" style={{ overflowWrap: "anywhere" }}>
        Run{" "}
        <Anchor component={Link} href={`/runs/${runId}`} size="sm" underline="always">
          {runName}
        </Anchor>{" "}
        has seen {plural(count, "test picture")}:
      </Text>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={`Test pictures that ${runName} has seen`}
        style={{ maxHeight: 240, overflowY: "auto" }}
      >
        <ul style={{ margin: 0, paddingLeft: 18, fontSize: "var(--mantine-font-size-xs)", overflowWrap: "anywhere" }}>
          {pairs.map(({ seen, test, kind }) => (
            <li key={`${seen} ${test}`}>
              {test}: {pairKind[kind]} as its {seen}
            </li>
          ))}
        </ul>
      </section>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          and {plural(more, "more pair")}
        </Text>
      )}
    </>
  );
}
