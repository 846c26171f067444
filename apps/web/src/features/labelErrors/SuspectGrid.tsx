"use client";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Key } from "@/features/labels/ChangedItems";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { score } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { MoreRows } from "@/ui/MoreRows";
import type { Errors } from "./model.ts";
import { Said } from "./Said.tsx";
import { SuspectViewer } from "./SuspectViewer.tsx";
import { suspectLayers } from "./suspectLayers.ts";

interface Props {
  readonly errors: Errors;
  readonly datasetId: string;
  readonly more: (() => void) | undefined;
}

/** Pictures with what their label says and what the models say; of masks both outlines. */
export function SuspectGrid({ errors, datasetId, more }: Props) {
  const { suspects, labelVersion } = errors;
  const { schema } = labelVersion;
  const masks = schema.task === "SEGMENTATION";
  const [open, setOpen] = useState<number | null>(null);
  if (suspects.totalCount === 0) return <Empty title="No label is like this">Take a filter away.</Empty>;
  return (
    <>
      {masks && <Key names={["label", "prediction out of fold"]} />}
      {masks && <ClassLegend classes={schema.classes} />}
      <ul className="suspect-grid">
        {suspects.edges.map(({ node }, place) => (
          <li key={`${node.item.id} ${node.classIndex}`}>
            <UnstyledButton w="100%" aria-label={`Look at ${node.item.name}`} onClick={() => setOpen(place)}>
              <MaskedImage
                src={node.item.thumbnailUrl}
                alt=""
                aspect={1.15}
                classes={schema.classes.length}
                layers={suspectLayers(node, schema)}
              />
            </UnstyledButton>
            <span className="item-caption">
              <span className="item-name">
                {node.place} · {node.item.name}
              </span>
              <span>{score(node.quality)}</span>
            </span>
            <Said node={node} schema={schema} />
          </li>
        ))}
      </ul>
      <SuspectViewer errors={errors} place={open} onMove={setOpen} datasetId={datasetId} />
      <MoreRows
        hasMore={suspects.pageInfo.hasNextPage}
        more={more}
        otherwise="the api lists them all"
        shown={suspects.edges.length}
        total={suspects.totalCount}
      />
    </>
  );
}
