"use client";
import { useMutation } from "@apollo/client/react";
import { Box, Button, Group, Modal, NativeSelect, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { Role, TeamQuery } from "@/gql/graphql";
import { roleMeaning, roleName } from "@/lib/words";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";
import { RemoveMember, SetMemberRole } from "./queries.ts";

type Member = TeamQuery["members"][number];

export const roleChoices = (Object.keys(roleName) as Role[]).map((value) => ({ value, label: roleName[value] }));

interface Props {
  readonly members: readonly Member[];
  readonly isAdmin: boolean;
  readonly self: string | undefined;
}

export function Members({ members, isAdmin, self }: Props) {
  const [setRole, setting] = useMutation(SetMemberRole);
  const [remove, removing] = useMutation(RemoveMember, { refetchQueries: ["Team"] });
  const [leaving, setLeaving] = useState<Member | null>(null);
  const error = setting.error ?? removing.error;

  return (
    <Panel
      flush
      title="Members"
      note={Object.entries(roleMeaning)
        .map(([role, meaning]) => `${roleName[role as Role]}: ${meaning}`)
        .join(" · ")}
    >
      {error && (
        <Box p="md">
          <ErrorPanel error={error} />
        </Box>
      )}

      <WideTable label="Members" miw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>E-mail</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th>Since</Table.Th>
            {isAdmin && (
              <Table.Th>
                <span className="mantine-visually-hidden">Actions</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => (
            <Table.Tr key={member.userId}>
              <Table.Td fw={600}>
                {member.name}
                {member.userId === self ? " (you)" : ""}
              </Table.Td>
              <Table.Td>{member.email}</Table.Td>
              <Table.Td>
                {isAdmin && member.userId !== self ? (
                  <NativeSelect
                    size="xs"
                    w={130}
                    aria-label={`Role of ${member.name}`}
                    value={member.role}
                    data={roleChoices}
                    onChange={(event) => {
                      const role = event.currentTarget.value as Role;
                      void setRole({ variables: { userId: member.userId, role } }).catch(() => undefined);
                    }}
                  />
                ) : (
                  roleName[member.role]
                )}
              </Table.Td>
              <Table.Td>
                <When iso={member.createdAt} />
              </Table.Td>
              {isAdmin && (
                <Table.Td className="number">
                  {member.userId !== self && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      c="var(--mantine-color-error)"
                      onClick={() => setLeaving(member)}
                      aria-label={`Remove ${member.name}`}
                    >
                      Remove
                    </Button>
                  )}
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>

      <Modal opened={leaving !== null} onClose={() => setLeaving(null)} title={`Remove ${leaving?.name}?`}>
        <Text size="sm">Their sessions and API tokens of this team stop working at once. What they made stays.</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setLeaving(null)} data-autofocus>
            Keep
          </Button>
          <Button
            color="red"
            onClick={() => {
              if (leaving) void remove({ variables: { userId: leaving.userId } }).catch(() => undefined);
              setLeaving(null);
            }}
          >
            Remove
          </Button>
        </Group>
      </Modal>
    </Panel>
  );
}
