"use client";
import { useQuery } from "@apollo/client/react";
import { Group, Skeleton, Stack, Text } from "@mantine/core";
import { MeasuringStrip } from "@/features/scoredSet/MeasuringStrip";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useRefetchOn } from "@/lib/useRefetchOn";
import { foldName } from "@/lib/words";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { FoldSwitch, useFold } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { ArmsTable } from "./ArmsTable.tsx";
import { FactorPanel } from "./FactorPanel.tsx";
import { UNetStudyQuery } from "./queries.ts";
import { armsCsv, effectsCsv } from "./studyCsv.ts";

interface Props {
  readonly experimentId: string;
  /** Raised when a run has ended. */
  readonly revision: number;
}

/** What depth, skips and loss buy: an effect per level, and what else differs between its two sides. */
export function StudyTab({ experimentId, revision }: Props) {
  const [fold, setFold] = useFold();
  const query = useQuery(UNetStudyQuery, { variables: { id: experimentId, fold }, fetchPolicy: "no-cache" });
  useRefetchOn(revision, query.refetch);

  return (
    <Stack gap="md">
      <Group gap="sm">
        <FoldSwitch fold={fold} onChange={setFold} />
      </Group>
      <Loaded query={query} skeleton={<StudySkeleton />}>
        {({ experiment }) => {
          const study = experiment?.unetStudy;
          if (!experiment || !study) {
            return (
              <section className="panel">
                <Empty title="These arms are no grid of a U-Net">
                  They differ in something else than depth, skip connections and loss.
                </Empty>
              </section>
            );
          }
          const { scoredSet, labelVersion } = experiment;
          const seeds = Math.max(...study.arms.map((arm) => arm.scores[0]?.seeds ?? 0));
          const basis = scoredSet
            ? `${foldName[fold]} fold, n = ${plural(scoredSet.items, "item")}, ${plural(seeds, "seed")}, label version ${labelVersion.number}, ${scoredSet.size} × ${scoredSet.size} px`
            : `no run is scored on the ${foldName[fold]} fold yet`;
          return (
            <>
              {scoredSet && (
                <MeasuringStrip
                  source={{ kind: "experiment", id: experimentId }}
                  fold={fold}
                  first={scoredSet.measuring}
                  onMore={query.refetch}
                />
              )}
              {study.factors.map((factor) => (
                <FactorPanel
                  key={factor.name}
                  factor={factor}
                  csv={() => effectsCsv({ ...study, factors: [factor] }, labelVersion.number)}
                  metrics={study.metrics}
                  basis={basis}
                  size={scoredSet?.size}
                />
              ))}
              <Panel
                flush
                title="Every arm"
                note={`Mean ± SD over seeds. ${basis}.`}
                actions={
                  <CsvButton
                    what="the arms"
                    text={() => armsCsv(study, labelVersion.number)}
                    file={fileName("what the U-Net buys", "arms")}
                  />
                }
              >
                <ArmsTable study={study} size={scoredSet?.size} />
              </Panel>
              <Text size="xs" c="dimmed">
                {study.metrics.map(({ label, convention }) => `${label}: ${convention}`).join(". ")}.
              </Text>
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function StudySkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={320} />
      <Skeleton h={320} />
    </Stack>
  );
}
