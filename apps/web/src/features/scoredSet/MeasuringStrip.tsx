"use client";
import { useQuery } from "@apollo/client/react";
import { Group, Progress, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { Fold, MeasuringFieldsFragment } from "@/gql/graphql";
import { count, plural } from "@/lib/format";
import { useVisible } from "@/lib/useVisible";
import { MeasuringQuery } from "./queries.ts";
import { type Source, setOf, sourceVariables } from "./source.ts";

interface Props {
  readonly source: Source;
  readonly fold: Fold;
  /** As it was when the board was loaded. */
  readonly first: MeasuringFieldsFragment;
  /** More predictions are measured than the board knows of. */
  readonly onMore: () => Promise<unknown>;
}

const open = ({ done, failed, total }: MeasuringFieldsFragment) => done + failed < total;

/** How far the measuring of the masks is; nothing once all are measured. */
export function MeasuringStrip({ source, fold, first, onMore }: Props) {
  const visible = useVisible();
  const query = useQuery(MeasuringQuery, {
    variables: sourceVariables(source, fold),
    skip: !open(first),
    pollInterval: visible ? 3_000 : 0,
    fetchPolicy: "no-cache",
  });
  const now = setOf(query.data)?.measuring ?? first;
  const known = useRef(first.done);
  known.current = first.done;
  useEffect(() => {
    if (now.done > known.current) onMore().catch(() => undefined);
  }, [now.done, onMore]);

  if (!open(now) && now.failed === 0) return null;
  const share = now.total > 0 ? (now.done / now.total) * 100 : 0;
  return (
    <div className="measuring" role="status">
      {open(now) && (
        <Group gap={10} wrap="nowrap">
          <Progress w={120} size="sm" value={share} aria-label="Predictions measured" style={{ flex: "none" }} />
          <Text size="sm">
            {count(now.done)} of {plural(now.total, "prediction")} measured. What is shown rests on those; it is renewed
            as more come.
          </Text>
        </Group>
      )}
      {now.failed > 0 && (
        <Group gap={8} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={16} aria-hidden color="var(--mantine-color-error)" style={{ flex: "none" }} />
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {plural(now.failed, "prediction")} could not be measured and {now.failed === 1 ? "is" : "are"} left out
            {now.error ? `: ${now.error}` : "."}
          </Text>
        </Group>
      )}
    </div>
  );
}
