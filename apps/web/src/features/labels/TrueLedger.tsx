"use client";
import { useQuery } from "@apollo/client/react";
import { Button, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { count, percent, plural, score, signed } from "@/lib/format";
import { Loaded } from "@/ui/Loaded";
import { Stat } from "@/ui/Stat";
import { WideTable } from "@/ui/WideTable";
import { ChangedItems } from "./ChangedItems.tsx";
import type { Ledger, Version } from "./model.ts";
import { TrueNoiseLedgerQuery } from "./queries.ts";

interface Props {
  readonly version: Version;
  /** Of the dataset. */
  readonly versions: readonly Version[];
}

/** What was asked of the noise and what became of it, against the labels before all noise, with the items that it corrupted. */
export function TrueLedger({ version, versions }: Props) {
  const query = useQuery(TrueNoiseLedgerQuery, { variables: { id: version.id } });
  return (
    <Loaded query={query}>
      {({ labelVersion }) =>
        labelVersion?.trueNoiseLedger && (
          <Entries ledger={labelVersion.trueNoiseLedger} version={version} versions={versions} />
        )
      }
    </Loaded>
  );
}

function Entries({ ledger, version, versions }: Props & { readonly ledger: Ledger }) {
  const [shown, setShown] = useState(false);
  const { clean, models, askedRate, expectedRate, items, corrupted, effectiveRate, classes, masks } = ledger;
  const source = versions.find(({ id }) => id === clean.id);
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        True noise: against version {clean.number}, the labels before it
      </Text>
      {models.length > 1 && (
        <Text size="xs" c="dimmed">
          Laid on in turn: {models.join("; then ")}
        </Text>
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Stat label="Asked rate">{askedRate === null || askedRate === undefined ? "none" : percent(askedRate)}</Stat>
        <Stat
          label="Effective rate"
          note={typeof expectedRate === "number" ? `expected ${percent(expectedRate)}` : undefined}
        >
          {percent(effectiveRate)}
        </Stat>
        <Stat label="Corrupted items" note={`of ${count(items)}`}>
          {count(corrupted)}
        </Stat>
        {masks && typeof masks.dice === "number" && (
          <Stat
            label="Dice with the original"
            note={
              typeof masks.areaChange === "number"
                ? `area ${signed(100 * masks.areaChange, 1)} % on average`
                : undefined
            }
          >
            {score(masks.dice)}
          </Stat>
        )}
      </SimpleGrid>
      {classes.length > 0 && <Classes classes={classes} exclusive={version.schema.exclusive === true} />}
      {source && corrupted > 0 && (
        <div>
          <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? "Hide the corrupted items" : `Show the ${plural(corrupted, "corrupted item")}`}
          </Button>
          {shown && <ChangedItems a={source} b={version} cell={null} total={corrupted} />}
        </div>
      )}
    </Stack>
  );
}

function Classes({ classes, exclusive }: { readonly classes: Ledger["classes"]; readonly exclusive: boolean }) {
  return (
    <WideTable label="True noise by class" maw={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{exclusive ? "Class before the noise" : "Class"}</Table.Th>
          <Table.Th className="number">{exclusive ? "Items" : "Known values"}</Table.Th>
          <Table.Th className="number">Changed</Table.Th>
          <Table.Th className="number">Effective rate</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {classes.map((each) => (
          <Table.Tr key={each.name}>
            <Table.Td>{each.name}</Table.Td>
            <Table.Td className="number">{count(each.labels)}</Table.Td>
            <Table.Td className="number">{count(each.changed)}</Table.Td>
            <Table.Td className="number">{percent(each.effectiveRate)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
