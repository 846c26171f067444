"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, Stack, Switch, Table, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useViewer } from "@/features/shell/viewer";
import { count, score } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { AgreementPlot } from "./AgreementPlot.tsx";
import { agreementRows } from "./agreementRows.ts";
import { type Agreement, type Schema, schemaName } from "./model.ts";
import { AgreementQuery, CompareReaders } from "./queries.ts";

interface Props {
  readonly datasetId: string;
  readonly schema: Schema;
  readonly busy: boolean;
  readonly onQueued: () => void;
}

/** How far the readers agree: all of them, each class, each pair. */
export function AgreementPanel({ datasetId, schema, busy, onQueued }: Props) {
  const [ordered, setOrdered] = useState(false);
  const query = useQuery(AgreementQuery, { variables: { id: datasetId, schemaId: schema.id, ordered } });
  const { refetch } = query;
  const wasBusy = useRef(busy);
  useEffect(() => {
    if (wasBusy.current && !busy) void refetch();
    wasBusy.current = busy;
  }, [busy, refetch]);
  const masks = schema.task === "SEGMENTATION";
  return (
    <Panel
      title={`Agreement of readers · ${schemaName(schema)}`}
      note={
        masks
          ? "Dice of every two readers’ masks, mean over items; intervals are a bootstrap’s over items. Distance: median of the 95th percentile."
          : "1: always alike; 0: as by chance. Intervals are over items (delete-one jackknife, 95 %): they say nothing of other readers."
      }
      actions={
        schema.exclusive &&
        schema.classes.length > 2 && (
          <Switch
            size="xs"
            label="Classes are in an order"
            checked={ordered}
            onChange={(event) => setOrdered(event.currentTarget.checked)}
          />
        )
      }
    >
      <Loaded query={{ ...query, data: query.data ?? query.previousData }}>
        {({ dataset }) =>
          dataset && (
            <Stack gap="md">
              {masks && (
                <Unmeasured agreement={dataset.agreement} schemaId={schema.id} busy={busy} onQueued={onQueued} />
              )}
              <AgreementPlot
                rows={agreementRows(dataset.agreement, schema)}
                file={masks ? "dice-of-readers" : "agreement"}
              />
              <ReaderTable readers={dataset.agreement.readers} masks={masks} />
            </Stack>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Unmeasured({
  agreement,
  schemaId,
  busy,
  onQueued,
}: Omit<Props, "datasetId" | "schema"> & { agreement: Agreement; schemaId: string }) {
  const { mayAnnotate } = useViewer();
  const [measure, { error, loading }] = useMutation(CompareReaders, { variables: { schemaId } });
  const open = agreement.maskPairs - agreement.measuredPairs;
  if (open === 0) return null;
  return (
    <>
      {error && <ErrorPanel error={error} />}
      <Group gap="sm">
        <Text size="sm">
          {count(open)} of {count(agreement.maskPairs)} pairs of masks are not measured yet.
        </Text>
        {mayAnnotate && (
          <Button
            size="compact-sm"
            variant="default"
            loading={loading}
            disabled={busy}
            onClick={() => measure().then(onQueued, () => undefined)}
          >
            Measure them
          </Button>
        )}
      </Group>
    </>
  );
}

function ReaderTable({ readers, masks }: { readonly readers: Agreement["readers"]; readonly masks: boolean }) {
  return (
    <WideTable label="Readers" maw={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Reader</Table.Th>
          <Table.Th className="number">Items</Table.Th>
          <Table.Th className="number">{masks ? "Mean Dice with others" : "Mean kappa with others"}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {readers.map(({ reader, opinions, mean }) => (
          <Table.Tr key={reader}>
            <Table.Td>{reader}</Table.Td>
            <Table.Td className="number">{count(opinions)}</Table.Td>
            <Table.Td className="number">{score(mean)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
