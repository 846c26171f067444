"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, Text } from "@mantine/core";
import type { ReportVerdict } from "@/gql/graphql";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { useGrowingList } from "@/ui/useGrowingList";
import { handName, type ReadReport, type ReportSet, verdictName } from "./model.ts";
import { TextsQuery } from "./queries.ts";
import { ReportText } from "./ReportText.tsx";

interface Props {
  readonly set: ReportSet;
  /** Of the hand labels; null: there are none of these classes. */
  readonly versionId: string | null;
  readonly cell: string;
  readonly onCell: (cell: string) => void;
}

/** The reports of a set, or of one cell of its audit, with what they are read as. */
export function ReportList({ set, versionId, cell, onCell }: Props) {
  const { first, more } = useGrowingList(12);
  const [ofClass, verdict, label] = cell === "" || versionId === null ? [] : cell.split("-");
  const query = useQuery(TextsQuery, {
    variables: {
      ...{ id: set.id, first, labelVersionId: versionId },
      classIndex: ofClass === undefined ? null : Number(ofClass),
      verdict: (verdict ?? null) as ReportVerdict | null,
      label: label === undefined ? null : Number(label),
    },
  });
  const finding = ofClass === undefined ? null : set.schema.classes[Number(ofClass)];
  return (
    <Panel
      title={
        finding
          ? `Reports: ${finding} read as ${verdictName[verdict as ReportVerdict]}, labelled ${handName(Number(label))}`
          : "Reports"
      }
      note={
        <>
          <b>Bold</b>: there. <s>Struck through</s>: not there. <u style={{ textDecorationStyle: "dotted" }}>Dotted</u>:
          may be. <em style={{ borderBottom: "1px solid" }}>Slanted</em>: what denies or hedges it.
        </>
      }
      actions={
        finding && (
          <Button size="compact-sm" variant="default" onClick={() => onCell("")}>
            All reports
          </Button>
        )
      }
    >
      <Loaded query={{ ...query, data: query.data ?? query.previousData }}>
        {({ reportSet }) => {
          const texts = reportSet?.texts;
          if (!texts || texts.totalCount === 0) return <Empty title="No report is like this" />;
          return (
            <>
              <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
                {texts.edges.map(({ node }) => (
                  <li key={node.item.id} style={{ borderTop: "1px solid var(--hairline)", padding: "10px 0" }}>
                    <Text fw={600} size="sm">
                      {node.item.name}
                    </Text>
                    <ReportText report={node.report} findings={node.findings} />
                    <Findings node={node} />
                  </li>
                ))}
              </ul>
              <MoreRows
                hasMore={texts.pageInfo.hasNextPage}
                more={more}
                otherwise="the api lists them all"
                shown={texts.edges.length}
                total={texts.totalCount}
              />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function Findings({ node }: { readonly node: ReadReport }) {
  return (
    <Group gap="xs" mt={4}>
      {node.findings.map(({ finding, verdict, classIndex }) => {
        const hand = typeof classIndex === "number" ? node.handLabel?.[classIndex] : null;
        return (
          <Text key={finding} size="xs" c="dimmed" span>
            {finding.replaceAll("_", " ")}: {verdictName[verdict]}
            {typeof hand === "number" ? ` (hand: ${handName(hand)})` : ""}
          </Text>
        );
      })}
    </Group>
  );
}
