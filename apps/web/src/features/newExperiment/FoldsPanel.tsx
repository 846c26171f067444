"use client";
import { NumberInput, SimpleGrid, Text } from "@mantine/core";
import { count } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { MarginInput } from "./HeadPanels.tsx";
import type { Folds } from "./useFolds.ts";
import type { Head } from "./useHead.ts";

interface Props {
  readonly head: Head;
  readonly folds: Folds;
  readonly title: string;
  /** Whether validation chooses the checkpoint; else that part trains too. */
  readonly chooses?: boolean;
}

export function FoldsPanel({ head, folds: of, title, chooses = true }: Props) {
  const { items } = head.version;
  const { folds, setFolds, repeats, setRepeats, limits, trainItems } = of;
  return (
    <Panel title={title}>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
        <NumberInput
          label="Folds"
          required
          description={`Parts of the subjects. In turn one is tested, ${chooses ? "the next chooses the checkpoint, " : ""}the others train.`}
          value={folds}
          min={limits.folds.low}
          max={limits.folds.high}
          onChange={(value) => setFolds(Number(value))}
        />
        <NumberInput
          label="Repeats"
          required
          description="Each divides the subjects anew, and counts as a seed does: five give a verdict, one finds label errors."
          value={repeats}
          min={limits.repeats.low}
          max={limits.repeats.high}
          onChange={(value) => setRepeats(Number(value))}
        />
        <MarginInput head={head} />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="sm">
        Of {count(items)} items each run trains on about {count(trainItems(items, chooses))}. Subjects stay together;
        classes are shared out evenly. Copies of one picture under two subjects may still fall into two folds.
      </Text>
    </Panel>
  );
}
