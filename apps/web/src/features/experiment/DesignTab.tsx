"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import Link from "next/link";
import { ArmName } from "@/features/curves/ArmKey";
import { graphql } from "@/gql";
import type { RunTask } from "@/gql/graphql";
import type { ArmLooks } from "@/lib/arms";
import { count, dateTime, plural } from "@/lib/format";
import { scoreName } from "@/lib/scoreName";
import { ConfigurationTable } from "@/ui/ConfigurationTable";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { changesText } from "./changesText.ts";
import type { Experiment } from "./types.ts";

export const DefaultsQuery = graphql(`
  query DefaultConfiguration($task: RunTask!) { defaultConfiguration(task: $task) }
`);

/** Of a configuration's own task. */
export const taskOf = (configuration: Readonly<Record<string, unknown>>): RunTask => {
  if (configuration.task === "mil") return "MIL";
  return configuration.task === "classification" ? "CLASSIFICATION" : "SEGMENTATION";
};

/** What was declared before the runs. */
export function DesignTab({ experiment, look }: { readonly experiment: Experiment; readonly look: ArmLooks }) {
  const { data } = useQuery(DefaultsQuery, { variables: { task: taskOf(experiment.base) } });
  const { split } = experiment;
  return (
    <Stack gap="md">
      <Panel title="Declared before the runs">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
          <Stat label="Dataset">
            <Anchor component={Link} href={`/datasets/${experiment.dataset.id}`} size="sm">
              {experiment.dataset.name}
            </Anchor>
          </Stat>
          <Stat label="Label version" note={plural(experiment.labelVersion.items, "item")}>
            {experiment.labelVersion.number}
          </Stat>
          <Stat
            label="Split"
            note={`train ${count(split.trainItems)}, validation ${count(split.validationItems)}, test ${count(split.testItems)}`}
          >
            {split.name}
          </Stat>
          <Stat
            label="Seeds"
            note={experiment.seeds.length < 5 ? "fewer than 5: estimates only, no verdict" : undefined}
          >
            {experiment.seeds.join(", ")}
          </Stat>
          <Stat
            label="Equivalence margin δ"
            note={`on ${scoreName(experiment.base) === "AUC" ? "AUC" : "mean Dice"}, fixed before the runs`}
          >
            {experiment.equivalenceMargin ?? "none: no claim of equivalence"}
          </Stat>
          <Stat label="Made" note={`by ${experiment.createdBy}`}>
            {dateTime(experiment.createdAt)}
          </Stat>
          <Stat label="Project">{experiment.project.name}</Stat>
        </SimpleGrid>
      </Panel>
      <Panel title="Arms" flush note="Each arm is the base configuration with these changes.">
        <Table>
          <Table.Tbody>
            {experiment.arms.map((arm) => (
              <Table.Tr key={arm.name}>
                <Table.Td w={220}>
                  <ArmName name={arm.name} look={look(arm.name)} />
                </Table.Td>
                <Table.Td>
                  <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                    {changesText(arm.changes)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
      <Panel title="Base configuration" note="What differs from Tessera’s defaults is marked." flush>
        <ConfigurationTable configuration={experiment.base} defaults={data?.defaultConfiguration} />
      </Panel>
    </Stack>
  );
}
