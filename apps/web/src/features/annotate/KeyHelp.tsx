"use client";
import { Kbd, Modal, Table } from "@mantine/core";

export type KeyLine = readonly [keys: readonly string[], what: string];

interface Props {
  readonly lines: readonly KeyLine[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What each key does. */
export function KeyHelp({ lines, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys and mouse" size="lg" transitionProps={{ duration: 0 }}>
      <Table verticalSpacing={3}>
        <Table.Tbody>
          {lines.map(([keys, what]) => (
            <Table.Tr key={what}>
              <Table.Td w={200}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
