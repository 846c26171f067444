"use client";
import { useMutation, useQuery } from "@apollo/client/react";
import { Box, Button, Group, NativeSelect, Table, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Role } from "@/gql/graphql";
import { dateTime } from "@/lib/format";
import { useNow } from "@/lib/useNow";
import { roleName } from "@/lib/words";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { roleChoices } from "./Members.tsx";
import { InvitationsQuery, InviteMember } from "./queries.ts";
import { ShownOnce } from "./ShownOnce.tsx";

export function Invitations() {
  const query = useQuery(InvitationsQuery);
  const now = useNow(60_000);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("RESEARCHER");
  const [invite, { data, error, loading }] = useMutation(InviteMember, { refetchQueries: ["Invitations"] });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await invite({ variables: { input: { email: email.trim(), role } } }).catch(() => null);
    if (done?.data) setEmail("");
  }

  return (
    <Panel
      title="Invitations"
      note="An invitation is a link that works once. Tessera sends no mail: pass the link on yourself."
    >
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm" mb="sm">
          <TextInput
            type="email"
            label="E-mail"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            style={{ flex: "1 1 200px", maxWidth: 320 }}
          />
          <NativeSelect
            label="Role"
            value={role}
            data={roleChoices}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          <Button type="submit" loading={loading}>
            Invite
          </Button>
        </Group>
      </form>
      {error && <ErrorPanel error={error} />}
      {data && (
        <Box mb="sm">
          <ShownOnce
            title="The link, shown once"
            secret={`${window.location.origin}/accept-invitation?token=${encodeURIComponent(data.inviteMember.token)}`}
            hint="Copy it now: only its hash is kept."
          />
        </Box>
      )}
      <Loaded query={query} skeleton={<SkeletonRows rows={2} />}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <Text size="sm" c="dimmed">
              No invitations yet.
            </Text>
          ) : (
            <Table>
              <Table.Tbody>
                {invitations.map((each) => (
                  <Table.Tr key={each.id}>
                    <Table.Td style={{ overflowWrap: "anywhere" }}>{each.email}</Table.Td>
                    <Table.Td>{roleName[each.role]}</Table.Td>
                    <Table.Td>
                      {each.acceptedAt
                        ? `accepted ${dateTime(each.acceptedAt)}`
                        : new Date(each.expiresAt).getTime() < now
                          ? "expired"
                          : `open until ${dateTime(each.expiresAt)}`}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Panel>
  );
}
