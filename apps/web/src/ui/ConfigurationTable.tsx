"use client";
import { Badge, Group, Table, Text } from "@mantine/core";
import { leaves } from "@/features/experiment/changesText";
import { allFields, fieldHelp } from "@/features/newExperiment/fields";

interface Props {
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>> | undefined;
}

const text = (value: unknown): string => {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.map(text).join(", ");
  return String(value);
};

const places = new Map([["task", -1], ...allFields.map((field, place): [string, number] => [field.path, place])]);
const placeOf = (path: string) => places.get(path) ?? allFields.length;

/** A configuration field by field, with its meaning; what differs from the defaults stands out. */
export function ConfigurationTable({ configuration, defaults }: Props) {
  const usual = new Map(defaults ? leaves(defaults) : []);
  return (
    <Table>
      <Table.Tbody>
        {leaves(configuration)
          .sort(([a], [b]) => placeOf(a) - placeOf(b))
          .map(([path, value]) => {
            const expected = usual.get(path);
            const differs = defaults !== undefined && JSON.stringify(expected) !== JSON.stringify(value);
            return (
              <Table.Tr key={path}>
                <Table.Td w={{ base: "48%", md: "24%" }} style={{ overflowWrap: "anywhere" }}>
                  <Text size="sm" ff="monospace" fz={12.5}>
                    {path}
                  </Text>
                </Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <Group gap={8}>
                    <Text size="sm" fw={differs ? 650 : 400}>
                      {text(value)}
                    </Text>
                    {differs && (
                      <Badge color="orange" c="var(--mantine-color-text)">
                        {expected === undefined ? "not in the defaults" : `default ${text(expected)}`}
                      </Badge>
                    )}
                  </Group>
                </Table.Td>
                <Table.Td visibleFrom="md">
                  <Text size="xs" c="dimmed">
                    {fieldHelp(path)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
      </Table.Tbody>
    </Table>
  );
}
