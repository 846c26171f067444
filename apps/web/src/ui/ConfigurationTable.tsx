"use client";
import { Badge, Group, Table, Text } from "@mantine/core";
import { shownOptions } from "@/features/experiment/changesText";
import { fieldHelp } from "@/features/newExperiment/fields";
import { fieldLabel, placeOf, usualValue, valueText } from "@/features/newExperiment/fieldText";

interface Props {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>> | undefined;
}

/** A configuration field by field, with its meaning; what differs from the defaults stands out. */
export function ConfigurationTable({ configuration, defaults }: Props) {
  return (
    <Table>
      <Table.Tbody>
        {shownOptions(configuration)
          .sort(([a], [b]) => placeOf(a) - placeOf(b))
          .map(([path, value]) => {
            const expected = defaults && usualValue(path, configuration, defaults);
            const differs = defaults !== undefined && JSON.stringify(expected) !== JSON.stringify(value);
            return (
              <Table.Tr key={path}>
                <Table.Td w={{ base: "48%", md: "24%" }} style={{ overflowWrap: "anywhere" }}>
                  {fieldLabel(path) && <Text size="sm">{fieldLabel(path)}</Text>}
                  <Text ff="monospace" fz={fieldLabel(path) ? 11.5 : 12.5} c={fieldLabel(path) && "dimmed"}>
                    {path}
                  </Text>
                </Table.Td>
                <Table.Td w={{ base: "52%", md: "30%" }} style={{ overflowWrap: "anywhere" }}>
                  <Group gap={8}>
                    <Text size="sm" fw={differs ? 650 : 400}>
                      {valueText(path, value)}
                    </Text>
                    {differs && (
                      <Badge color="orange" c="var(--mantine-color-text)">
                        {expected === undefined ? "not in the defaults" : `default ${valueText(path, expected)}`}
                      </Badge>
                    )}
                  </Group>
                </Table.Td>
                <Table.Td visibleFrom="md">
                  <Text size="xs" c="dimmed">
                    {fieldHelp(path, configuration.task)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
      </Table.Tbody>
    </Table>
  );
}
