"use client";
import { useQuery } from "@apollo/client/react";
import { SimpleGrid, Stack } from "@mantine/core";
import { DefaultsQuery, taskOf } from "@/features/experiment/DesignTab";
import { WeightChain } from "@/features/lineage/WeightChain";
import { type StartingWeights, sourceOf } from "@/features/startingWeights/startingWeights";
import { dateTime } from "@/lib/format";
import { ConfigurationTable } from "@/ui/ConfigurationTable";
import { Hash } from "@/ui/Hash";
import { Panel } from "@/ui/Panel";
import { Stat } from "@/ui/Stat";
import { Lineage } from "./Lineage.tsx";
import { RunWeightsQuery } from "./queries.ts";
import type { Run } from "./types.ts";

const startsFromImport = ({ configuration }: Run) => {
  const { startingWeights } = configuration as { startingWeights?: StartingWeights };
  return startingWeights !== undefined && sourceOf(startingWeights)?.kind === "imported";
};

export function Setup({ run }: { readonly run: Run }) {
  const { data } = useQuery(DefaultsQuery, { variables: { task: taskOf(run.configuration) } });
  const weights = useQuery(RunWeightsQuery, { skip: !startsFromImport(run) });
  return (
    <Stack gap="md">
      <Panel title="Lineage" note="What made this run, and what it made. Each part opens its page.">
        <Lineage run={run} imported={weights.data?.weights ?? []} />
      </Panel>
      {run.source === "TESSERA" && <WeightChain runId={run.id} />}
      <Panel
        title="Configuration"
        note={
          run.source === "FOREIGN"
            ? "As the script sent it."
            : "Complete: with the seed it repeats the run. What differs from the defaults is marked."
        }
        flush
      >
        <SimpleGrid cols={{ base: 2, sm: 4 }} px="md" pb="sm">
          <Stat label="Seed">{run.seed}</Stat>
          <Stat label="Code">
            <Hash value={run.codeCommit} label="code commit" />
          </Stat>
          <Stat label="Run id">
            <Hash value={run.id} label="run id" />
          </Stat>
          <Stat label="Made">{dateTime(run.createdAt)}</Stat>
        </SimpleGrid>
        <ConfigurationTable
          configuration={run.configuration}
          defaults={run.source === "FOREIGN" ? undefined : data?.defaultConfiguration}
        />
      </Panel>
    </Stack>
  );
}
