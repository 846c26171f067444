"use client";
import { useQuery } from "@apollo/client/react";
import { SegmentedControl, Text } from "@mantine/core";
import { count } from "@/lib/format";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { ChecksPanel } from "./ChecksPanel.tsx";
import { type Answer, type Checks, methodName } from "./checkText.ts";
import { HeatmapFigures } from "./HeatmapFigures.tsx";
import { HeatmapsQuery } from "./queries.ts";

interface Props {
  readonly inspectionId: string;
  readonly baseline: string;
  readonly classes: readonly string[];
}

/** The maps of one method, and beside them its checks. */
export function AnswerPanels({ inspectionId, baseline, classes }: Props) {
  const query = useQuery(HeatmapsQuery, { variables: { id: inspectionId }, fetchPolicy: "cache-first" });
  const [method, setMethod] = useQueryParam("method", "");
  return (
    <Loaded query={query}>
      {({ inspection }) => {
        const answer = inspection?.heatmaps;
        const checks = answer?.methods.find((each) => each.method === method) ?? answer?.methods[0];
        if (!answer || !checks) return <Empty title="This inspection has no answer" />;
        return (
          <div className="heatmap-layout">
            <Panel
              title="Heatmaps"
              note={noteOf(answer, checks, baseline)}
              actions={
                answer.methods.length > 1 && (
                  <SegmentedControl
                    size="xs"
                    aria-label="Method"
                    value={checks.method}
                    onChange={setMethod}
                    data={answer.methods.map((each) => ({ value: each.method, label: methodName[each.method] }))}
                  />
                )
              }
            >
              {answer.items.length === 0 ? (
                <Text size="sm">
                  Of {count(answer.chosenAmong ?? 0)} validation items none is of this kind. The checks hold all the
                  same.
                </Text>
              ) : (
                <HeatmapFigures key={checks.method} items={answer.items} checks={checks} classes={classes} />
              )}
            </Panel>
            <ChecksPanel answer={answer} checks={checks} />
          </div>
        );
      }}
    </Loaded>
  );
}

function noteOf(
  { size, chosenAmong, occlusionPatch, occlusionStride }: Answer,
  { method }: Checks,
  baseline: string,
): string {
  const without = baseline === "mean" ? "the image's mean colour" : "black";
  const how = {
    GRAD_CAM:
      "the last block's activations, weighted by what they add to the logit of the class; as coarse as they are",
    INTEGRATED_GRADIENTS: `each pixel's share of the logit, on the way from ${without} to the image`,
    OCCLUSION: `by how much the logit falls under squares of ${occlusionPatch} px, every ${occlusionStride} px, painted in ${without}`,
  }[method];
  const items = chosenAmong === null ? "Items that were named" : `Chosen among ${count(chosenAmong)} validation items`;
  const name = methodName[method].replace(/^./, (letter) => letter.toUpperCase());
  return `${items}. ${name}: ${how}. ${size} × ${size} px, as the model sees them.`;
}
