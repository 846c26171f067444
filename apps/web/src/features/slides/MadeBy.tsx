"use client";
import { useQuery } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import { Stamp } from "@/ui/Stamp";
import { netText, overlapText, ruleText } from "./model.ts";
import { MadeByQuery } from "./queries.ts";

/** Of a dataset of bags that was made here: the slides, the net and the tiles. Nothing where it came as files. */
export function MadeBy({ datasetId }: { readonly datasetId: string }) {
  const { data } = useQuery(MadeByQuery, { variables: { id: datasetId } });
  const job = data?.dataset?.madeBy;
  if (!job) return null;
  const { encoderRun, dataset, rule } = job;
  const overlap = encoderRun && overlapText(encoderRun.overlap);
  return (
    <>
      <span>
        Made of{" "}
        <Anchor component={Link} href={`/datasets/${dataset.id}?tab=tiles`} inherit underline="always">
          {dataset.name}
        </Anchor>{" "}
        by{" "}
        {encoderRun ? (
          <Anchor component={Link} href={`/runs/${encoderRun.run.id}`} inherit underline="always">
            {netText(job)}
          </Anchor>
        ) : (
          (netText(job) ?? "a net that is gone")
        )}
        ; tiles of {ruleText(rule)}
      </span>
      {overlap && <Stamp why={overlap}>encoder saw subjects</Stamp>}
    </>
  );
}
