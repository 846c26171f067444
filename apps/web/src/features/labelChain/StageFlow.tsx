"use client";
import { Anchor, SimpleGrid, Text } from "@mantine/core";
import Link from "next/link";
import { plural } from "@/lib/format";
import { type Chain, samplingText, wayText } from "./model.ts";
import { RateMatrix } from "./RateMatrix.tsx";

/** The chain's matrices, one stage after another, each with what it rests on. */
export function StageFlow({ chain }: { readonly chain: Chain }) {
  const { board, stages, classes } = chain;
  const before = ["image", ...board.stages.map(({ name }) => name)];
  return (
    <>
      <Text size="sm" mb="sm">
        {wayText(board.stages)}
      </Text>
      <SimpleGrid cols={{ base: 1, md: board.stages.length > 1 ? 2 : 1 }} spacing="lg" verticalSpacing="lg">
        {board.stages.map((stage, at) => {
          const { counts } = stages[at]!;
          const sampling = samplingText(stages[at]!);
          return (
            <section key={stage.name} aria-label={`Stage ${at + 1}: ${stage.name}`} style={{ minWidth: 0 }}>
              <Text fw={600}>
                {at + 1}. {before[at]} → {stage.name}
              </Text>
              <Text size="xs" c="dimmed" mb={4}>
                n = {plural(stage.items, "item")}. {stage.source}.{sampling && ` Items ${sampling}.`}
                {!stage.ofSet && " This stage has no sample of the chosen set: all it has stands in."}{" "}
                {counts.datasetId && (
                  <Anchor component={Link} href={`/datasets/${counts.datasetId}?tab=labels`} inherit>
                    Its dataset
                  </Anchor>
                )}
              </Text>
              <RateMatrix
                label={`Rates of ${stage.name}`}
                classes={classes}
                matrix={stage.matrix}
                counts={stage.counts}
              />
              {stage.setsDiffer && (
                <Text size="xs" c="dimmed" pt={4}>
                  Do its sets have the same rates? p{" "}
                  {stage.setsDiffer.p < 0.001 ? "< 0.001" : `= ${stage.setsDiffer.p.toFixed(3)}`} (χ² ={" "}
                  {stage.setsDiffer.chiSquare.toFixed(1)}, {stage.setsDiffer.degreesOfFreedom} df
                  {stage.setsDiffer.thinCells > 0 ? `, ${plural(stage.setsDiffer.thinCells, "thin cell")}: rough` : ""}
                  ).
                </Text>
              )}
            </section>
          );
        })}
      </SimpleGrid>
    </>
  );
}
