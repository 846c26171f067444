"use client";
import { Group, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { count, percent, plural, score } from "@/lib/format";
import { Stat } from "@/ui/Stat";
import { WideTable } from "@/ui/WideTable";
import type { Version } from "./model.ts";
import { RateMatrix } from "./RateMatrix.tsx";
import { TrueLedger } from "./TrueLedger.tsx";

type Result = NonNullable<Version["result"]>;

export const hasFound = ({ result }: Version) =>
  result !== null &&
  result !== undefined &&
  (result.noise != null ||
    (result.ties ?? 0) > 0 ||
    result.withoutLabel > 0 ||
    result.models.length > 0 ||
    result.readers.length > 0);

/** What a rule found beside the labels: the ledger of its noise, ties, and how good it takes each reader to be. */
export function RuleFound({ version, versions }: { readonly version: Version; readonly versions: readonly Version[] }) {
  const { result, classes } = version;
  if (!result) return null;
  return (
    <Stack gap="md" py="xs">
      {result.noise && <Ledger noise={result.noise} />}
      {result.noise && <TrueLedger version={version} versions={versions} />}
      {((result.ties ?? 0) > 0 || result.withoutLabel > 0) && (
        <Text size="sm">
          {plural(result.ties ?? 0, "tie")}; {plural(result.withoutLabel, "item")} with opinions got no label.
        </Text>
      )}
      {result.models.map((model) => (
        <div key={model.className ?? ""}>
          <Text size="sm" fw={600}>
            {model.className ? `Readers on “${model.className}”` : "Readers"}, by Dawid and Skene
            {model.converged ? "" : " (not converged: take more iterations)"}
          </Text>
          <Group gap="lg" align="flex-start" mt={4}>
            {model.readers.map((reader) => (
              <RateMatrix
                key={reader.reader}
                reader={reader}
                names={model.className === null || model.className === undefined ? classes : ["absent", "present"]}
              />
            ))}
          </Group>
        </div>
      ))}
      {result.readers.length > 0 && <AgainstConsensus readers={result.readers} />}
    </Stack>
  );
}

function Ledger({ noise }: { readonly noise: NonNullable<Result["noise"]> }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm">
      <Stat label="Labels">{count(noise.labels)}</Stat>
      <Stat label={typeof noise.dice === "number" ? "Chosen" : "Drawn anew"}>{count(noise.drawn)}</Stat>
      <Stat label="Changed">{count(noise.changed)}</Stat>
      <Stat
        label="Effective rate"
        note={typeof noise.expectedRate === "number" ? `expected ${percent(noise.expectedRate)}` : undefined}
      >
        {percent(noise.effectiveRate)}
      </Stat>
      {typeof noise.dice === "number" && <Stat label="Dice of changed masks">{score(noise.dice)}</Stat>}
    </SimpleGrid>
  );
}

function AgainstConsensus({ readers }: { readonly readers: Result["readers"] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        Each reader against the consensus
      </Text>
      <WideTable label="Readers against the consensus" maw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Reader</Table.Th>
            <Table.Th className="number">Items</Table.Th>
            <Table.Th className="number">Mean Dice</Table.Th>
            <Table.Th className="number">Sensitivity</Table.Th>
            <Table.Th className="number">Precision</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {readers.map((each) => (
            <Table.Tr key={each.reader}>
              <Table.Td>{each.reader}</Table.Td>
              <Table.Td className="number">{count(each.items)}</Table.Td>
              <Table.Td className="number">{score(each.dice)}</Table.Td>
              <Table.Td className="number">{score(each.sensitivity)}</Table.Td>
              <Table.Td className="number">{score(each.precision)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </div>
  );
}
