"use client";
import { useMutation } from "@apollo/client/react";
import { Button, Table, Text } from "@mantine/core";
import { InspectionStrip } from "@/features/inspections/InspectionStrip";
import { useViewer } from "@/features/shell/viewer";
import { isNumber, plural, score, signed } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { type ChainNode, nodeTitle } from "./nodeText.ts";
import { InspectForgetting } from "./queries.ts";

interface Props {
  readonly hops: readonly ChainNode[];
  /** Whose encoder is asked. */
  readonly runId: string;
  readonly onChange: () => unknown;
}

/** What this run's encoder still knows of each earlier hop's task. */
export function ForgettingTable({ hops, runId, onChange }: Props) {
  const { mayResearch } = useViewer();
  const [ask, { error }] = useMutation(InspectForgetting, { onCompleted: () => void onChange() });
  return (
    <Panel
      flush
      title="Forgetting"
      note="Each hop's task, scored on the hop's own validation fold: by the hop itself, and with this run's encoder under the hop's head. A head trained anew might find again what this counts as forgotten."
    >
      {error && <ErrorPanel error={error} />}
      <WideTable label="Forgetting">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Hop</Table.Th>
            <Table.Th className="number">Its own score</Table.Th>
            <Table.Th className="number">With this encoder</Table.Th>
            <Table.Th className="number">Change</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hops.map((hop) => {
            const asked = hop.forgetting.find(({ request }) => request.laterRunId === runId);
            const result = asked?.forgetting;
            return (
              <Table.Tr key={hop.id}>
                <Table.Th className="named" scope="row">
                  {nodeTitle(hop)}
                </Table.Th>
                <Table.Td className="number">
                  {result ? `${score(result.earlierScore)} ${result.metric}` : "–"}
                </Table.Td>
                <Table.Td className="number">{result ? score(result.laterScore) : "–"}</Table.Td>
                <Table.Td className="number">
                  {result && isNumber(result.earlierScore) && isNumber(result.laterScore)
                    ? signed(result.laterScore - result.earlierScore)
                    : "–"}
                </Table.Td>
                <Table.Td>
                  {result && (
                    <Text size="xs" c="dimmed">
                      {plural(result.items, "item")}
                    </Text>
                  )}
                  {asked && <InspectionStrip inspection={asked} onEnd={onChange} />}
                  {!asked && mayResearch && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() =>
                        ask({ variables: { input: { earlierRunId: hop.id, laterRunId: runId } } }).catch(() => null)
                      }
                    >
                      Measure
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}
