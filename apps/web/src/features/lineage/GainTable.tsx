"use client";
import { Anchor, Table } from "@mantine/core";
import Link from "next/link";
import { verdictName } from "@/lib/words";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { type ChainNode, gainText, nodeTitle } from "./nodeText.ts";

/** What each hop is worth on the target. */
export function GainTable({ hops }: { readonly hops: readonly ChainNode[] }) {
  return (
    <Panel
      flush
      title="Gain per hop"
      note="Test scores on this run's split: an arm that starts from the hop minus an arm that differs only in starting one hop earlier. From five paired seeds on with a verdict."
    >
      <WideTable label="Gain per hop">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Hop</Table.Th>
            <Table.Th>Gain (95 % interval)</Table.Th>
            <Table.Th>Verdict</Table.Th>
            <Table.Th>From</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hops.map((hop) => (
            <Table.Tr key={hop.id}>
              <Table.Th className="named" scope="row">
                {nodeTitle(hop)}
              </Table.Th>
              <Table.Td>{gainText(hop) ?? "not measured"}</Table.Td>
              <Table.Td>
                {hop.gain?.difference.verdict
                  ? verdictName[hop.gain.difference.verdict]
                  : (hop.gain?.difference.reason ?? "")}
              </Table.Td>
              <Table.Td>
                {hop.gain ? (
                  <>
                    <Anchor component={Link} fz="sm" href={`/experiments/${hop.gain.experiment.id}?tab=comparison`}>
                      {hop.gain.experiment.name}
                    </Anchor>
                    : {hop.gain.armAfter} − {hop.gain.armBefore}, seeds {hop.gain.difference.seeds}
                  </>
                ) : (
                  "no experiment has both arms on this split"
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </Panel>
  );
}
