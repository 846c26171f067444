"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor, Group } from "@mantine/core";
import Link from "next/link";
import { plural } from "@/lib/format";
import { Stamp } from "@/ui/Stamp";
import { TestOverlapQuery } from "./queries.ts";

/** On every board of an experiment: its test fold shares pictures with what was learnt from. Nothing where it does not. */
export function TestOverlapStamp({ experimentId }: { readonly experimentId: string }) {
  const { data } = useQuery(TestOverlapQuery, { variables: { id: experimentId } });
  const experiment = data?.experiment;
  if (!experiment) return null;
  const { withinSplit, hops } = experiment.testOverlap;
  return (
    <>
      {withinSplit > 0 && (
        <Group gap={6} component="span">
          <Stamp why="Near-duplicate pictures lie in the test fold and in train or validation: test scores may be too good.">
            test pictures learnt from
          </Stamp>
          <Anchor
            component={Link}
            fz="xs"
            href={`/datasets/${experiment.dataset.id}?tab=duplicates&split=${experiment.split.id}&across=yes`}
          >
            {plural(withinSplit, "pair")}
          </Anchor>
        </Group>
      )}
      {hops.map(({ run, count }) => (
        <Group key={run.id} gap={6} component="span">
          <Stamp why="Weights that an arm starts from were trained or chosen on pictures of this test fold: its score is no test.">
            start saw test pictures
          </Stamp>
          <Anchor component={Link} fz="xs" href={`/runs/${run.id}`}>
            {run.name}: {plural(count, "picture")}
          </Anchor>
        </Group>
      ))}
    </>
  );
}
