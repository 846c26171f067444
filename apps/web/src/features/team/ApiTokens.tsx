"use client";
import { useMutation } from "@apollo/client/react";
import { Box, Button, Group, NativeSelect, Table, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Role, TeamQuery } from "@/gql/graphql";
import { dateTime } from "@/lib/format";
import { roleName } from "@/lib/words";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Panel } from "@/ui/Panel";
import { When } from "@/ui/When";
import { WideTable } from "@/ui/WideTable";
import { roleChoices } from "./Members.tsx";
import { CreateApiToken, RevokeApiToken } from "./queries.ts";
import { ShownOnce } from "./ShownOnce.tsx";

type Token = TeamQuery["apiTokens"][number];
const day = 86_400_000;
const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "365", label: "one year" },
  { value: "", label: "no end" },
];

export function ApiTokens({ tokens, ownRole }: { readonly tokens: readonly Token[]; readonly ownRole: Role }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>(ownRole);
  const [days, setDays] = useState("30");
  const [create, { data, error, loading }] = useMutation(CreateApiToken, { refetchQueries: ["Team"] });
  const [revoke, revoking] = useMutation(RevokeApiToken);
  const allowed = roleChoices.slice(0, roleChoices.findIndex((choice) => choice.value === ownRole) + 1);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const expiresAt = days ? new Date(Date.now() + Number(days) * day).toISOString() : null;
    const done = await create({ variables: { input: { name: name.trim(), role, expiresAt } } }).catch(() => null);
    if (done?.data) setName("");
  }

  return (
    <Panel
      title="API tokens"
      note="For scripts: sent as “Authorization: Bearer …”. A token may never do more than its role, nor more than you."
    >
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm" mb="sm">
          <TextInput
            label="What it is for"
            required
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            style={{ flex: "1 1 200px", maxWidth: 320 }}
          />
          <NativeSelect
            label="Role"
            value={role}
            data={allowed}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          />
          <NativeSelect
            label="Works for"
            value={days}
            data={lifetimes}
            onChange={(event) => setDays(event.currentTarget.value)}
          />
          <Button type="submit" loading={loading}>
            Make token
          </Button>
        </Group>
      </form>
      {(error ?? revoking.error) && <ErrorPanel error={error ?? revoking.error} />}
      {data && (
        <Box mb="sm">
          <ShownOnce
            title="The token, shown once"
            secret={data.createApiToken.secret}
            hint="Copy it now: only its hash is kept."
          />
        </Box>
      )}
      {tokens.length === 0 ? (
        <Text size="sm" c="dimmed">
          No API tokens yet.
        </Text>
      ) : (
        <WideTable label="API tokens" miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>For</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Made</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th>Ends</Table.Th>
              <Table.Th>
                <span className="mantine-visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tokens.map((token) => (
              <Table.Tr key={token.id}>
                <Table.Td fw={600}>{token.name}</Table.Td>
                <Table.Td>{roleName[token.role]}</Table.Td>
                <Table.Td>
                  <When iso={token.createdAt} />
                </Table.Td>
                <Table.Td>{token.lastUsedAt ? <When iso={token.lastUsedAt} /> : "never"}</Table.Td>
                <Table.Td>
                  {token.revokedAt
                    ? `revoked ${dateTime(token.revokedAt)}`
                    : token.expiresAt
                      ? dateTime(token.expiresAt)
                      : "no end"}
                </Table.Td>
                <Table.Td className="number">
                  {!token.revokedAt && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="red"
                      c="var(--mantine-color-error)"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => revoke({ variables: { id: token.id } }).catch(() => undefined)}
                    >
                      Revoke
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </Panel>
  );
}
