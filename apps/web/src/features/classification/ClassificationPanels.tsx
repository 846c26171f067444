"use client";
import { SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { plural } from "@/lib/format";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { ClassScoreTable } from "./ClassScoreTable.tsx";
import { ConfusionMatrix } from "./ConfusionMatrix.tsx";
import { classesCsv } from "./classesCsv.ts";
import { type ClassificationScores, shownConfusion } from "./model.ts";
import { ReliabilityChart } from "./ReliabilityChart.tsx";
import { RocChart } from "./RocChart.tsx";

interface Props {
  readonly scores: ClassificationScores;
  /** Fold, label version and checkpoint, as a note. */
  readonly basis: string;
}

/** Scores by class, and the curves of the one that is chosen. */
export function ClassificationPanels({ scores, basis }: Props) {
  const [name, setName] = useState<string | null>(null);
  const shown = scores.classes.find((each) => each.name === name) ?? scores.classes[0];
  if (!shown) return null;
  const { names, counts } = shownConfusion(scores, shown);
  const top = scores.calibration && scores.classes.length > 1;
  const unknown = scores.unknownItems > 0 ? `; ${plural(scores.unknownItems, "item")} not known, left out` : "";
  return (
    <Stack gap="md">
      <Panel
        title="Scores by class"
        note={`${basis}, n = ${plural(scores.n, "item")}${unknown}. Intervals over items: these runs only.`}
        actions={<CsvButton what="scores by class" file="class-scores" text={() => classesCsv(scores)} />}
      >
        <ClassScoreTable
          classes={scores.classes}
          specificity={scores.specificity}
          shown={shown.name}
          onShow={setName}
        />
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        <Panel title={`ROC curve of ${shown.name}`}>
          <RocChart shown={shown} specificity={scores.specificity} />
        </Panel>
        <Panel title={top ? "Reliability of the class called" : `Reliability of ${shown.name}`}>
          <ReliabilityChart
            calibration={scores.calibration ?? shown.calibration}
            of={top ? "the class called" : shown.name}
          />
        </Panel>
      </SimpleGrid>
      <Panel title={scores.confusion ? "What was taken for what" : `${shown.name}: called present above 0.5`}>
        <ConfusionMatrix names={names} counts={counts} />
      </Panel>
    </Stack>
  );
}
