"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Stack, Table, Text } from "@mantine/core";
import Link from "next/link";
import { truthText } from "@/features/classification/predictionText";
import { count } from "@/lib/format";
import { foldName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { WideTable } from "@/ui/WideTable";
import { KindChecks } from "./KindChecks.tsx";
import { TileMapsQuery } from "./queries.ts";
import { SortedBags } from "./SortedBags.tsx";
import { type Answer, explainedRun, kindName, mapAddress } from "./text.ts";

/** The bags that have maps, each with the way into its viewer, and beside them what the maps are held against. */
export function TileMapsAnswer({ inspectionId }: { readonly inspectionId: string }) {
  const query = useQuery(TileMapsQuery, { variables: { id: inspectionId }, fetchPolicy: "cache-first" });
  return (
    <Loaded query={query}>
      {({ inspection }) => {
        const answer = inspection?.tileMaps;
        if (!answer) return <Empty title="This inspection has no answer" />;
        const classes = explainedRun(inspection)?.labelVersion?.classes ?? [];
        return (
          <div className="heatmap-layout">
            <Stack gap="md">
              <Panel
                flush
                title="Tile maps"
                note={`${answer.chosenAmong === null ? "Bags that were named" : `Chosen among ${count(answer.chosenAmong)} validation items`}. ${missingText(answer)}`}
              >
                {answer.items.length === 0 ? (
                  <Empty title="None is of this kind">The checks hold all the same.</Empty>
                ) : (
                  <ShownBags answer={answer} classes={classes} inspectionId={inspectionId} />
                )}
              </Panel>
              {answer.items.length > 0 && <SortedBags answer={answer} classes={classes} />}
            </Stack>
            <Stack gap="md">
              {answer.checks.map((checks) => (
                <KindChecks key={checks.kind} answer={answer} checks={checks} />
              ))}
            </Stack>
          </div>
        );
      }}
    </Loaded>
  );
}

const missingText = ({ noAttention, noScore }: Answer): string =>
  [noAttention && `No attention: ${noAttention}`, noScore && `No score: ${noScore}`].filter(Boolean).join(". ");

interface BagsProps {
  readonly answer: Answer;
  readonly classes: readonly string[];
  readonly inspectionId: string;
}

function ShownBags({ answer, classes, inspectionId }: BagsProps) {
  return (
    <WideTable label="Bags with tile maps">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Bag</Table.Th>
          <Table.Th>Fold</Table.Th>
          <Table.Th>True</Table.Th>
          <Table.Th>Explained</Table.Th>
          <Table.Th ta="right">Tiles</Table.Th>
          <Table.Th>Maps</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {answer.items.map(({ item, fold, truth, probabilities, classIndex, tiles }) => (
          <Table.Tr key={item.id}>
            <Table.Td>{item.name}</Table.Td>
            <Table.Td>{foldName[fold]}</Table.Td>
            <Table.Td>{truthText(classes, { truth })}</Table.Td>
            <Table.Td>
              {classes[classIndex] ?? `class ${classIndex}`} {(probabilities[classIndex] ?? 0).toFixed(2)}
            </Table.Td>
            <Table.Td ta="right">{count(tiles)}</Table.Td>
            <Table.Td>
              {item.bagOrigin ? (
                answer.checks.map(({ kind }) => (
                  <Anchor
                    key={kind}
                    component={Link}
                    href={mapAddress(item.bagOrigin!.slide.id, inspectionId, kind)}
                    size="sm"
                    mr={10}
                    aria-label={`View ${item.name} with its ${kindName[kind]}`}
                  >
                    {kindName[kind]}
                  </Anchor>
                ))
              ) : (
                <Text size="xs" c="dimmed">
                  of no slide that is here
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
