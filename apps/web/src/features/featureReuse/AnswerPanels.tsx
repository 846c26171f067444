"use client";
import { useQuery } from "@apollo/client/react";
import { SegmentedControl, Stack, Text } from "@mantine/core";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { useQueryParam } from "@/lib/useQueryParam";
import { CsvButton } from "@/ui/CsvButton";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { type Asked, type Estimator, estimatorName, sameBlocks, sentenceOf, sideText } from "./comparison.ts";
import { DiagonalPlot } from "./DiagonalPlot.tsx";
import { DistancePlot } from "./DistancePlot.tsx";
import { HeatMap } from "./HeatMap.tsx";
import { FeatureReuseQuery } from "./queries.ts";
import { cellsCsv, distancesCsv } from "./reuseCsv.ts";

interface Props {
  readonly asked: Asked;
  readonly runId: string;
}

interface Request {
  readonly a: { readonly runId: string; readonly at: string };
  readonly b: { readonly runId: string; readonly at: string };
  readonly positions: string;
}

/** What an inspection found: the map, the blocks of the same place, and the distance in weights. */
export function AnswerPanels({ asked, runId }: Props) {
  const query = useQuery(FeatureReuseQuery, { variables: { id: asked.id }, fetchPolicy: "cache-first" });
  const [estimator, setEstimator] = useQueryParam("cka", "UNBIASED");
  const { a, b, positions } = asked.request as unknown as Request;
  const [nameA, nameB] = [sideText(a, runId, asked.runs), sideText(b, runId, asked.runs)];
  return (
    <Loaded query={query}>
      {({ inspection }) => {
        const answer = inspection?.featureReuse;
        const similarity = answer?.similarities.find((each) => each.estimator === estimator) ?? answer?.similarities[0];
        if (!answer || !similarity) return <Empty title="This inspection has no answer" />;
        const basis = `n = ${plural(answer.items, "validation item")} of a's run, ${positions === "average" ? "averaged over positions" : "positions flattened"}; nulls of ${answer.draws} draws each`;
        return (
          <Stack gap="md">
            <Panel
              title="Similarity of blocks"
              note={`Linear CKA, ${estimatorName[similarity.estimator]}${similarity.estimator === "MINIBATCH" ? `, minibatches of ${answer.batch}` : ""}. Rows: ${nameA}; columns: ${nameB}. ${basis}. Hatched: inside what 95 % of a null's draws reach.`}
              actions={
                <>
                  <SegmentedControl
                    size="xs"
                    aria-label="Estimator"
                    value={similarity.estimator}
                    onChange={setEstimator}
                    data={answer.similarities.map((each) => ({
                      value: each.estimator,
                      label: estimatorName[each.estimator as Estimator],
                    }))}
                  />
                  <CsvButton what="the similarities" text={() => cellsCsv(answer)} file={fileName("feature reuse")} />
                </>
              }
            >
              <Text fw={600} mb={6}>
                {sentenceOf(answer, similarity)}
              </Text>
              <HeatMap answer={answer} similarity={similarity} nameA={nameA} nameB={nameB} />
              {similarity.estimator === "LINEAR" && (
                <Text size="xs" c="var(--stamp)">
                  This estimator is biased upwards where features are many and items few: compare with the nulls, not
                  with 0.
                </Text>
              )}
            </Panel>
            {sameBlocks(answer).length > 0 && (
              <Panel
                title="Block by block"
                note={`Each block with its counterpart; open marks are inside a null. Bars run from a null's mean to its 95 %. ${basis}.`}
              >
                <DiagonalPlot answer={answer} similarity={similarity} />
              </Panel>
            )}
            {answer.distances && (
              <Panel
                title="Distance travelled in weights"
                note={`From ${nameA} to ${nameB}`}
                actions={
                  <CsvButton
                    what="the distances"
                    text={() => distancesCsv(answer)}
                    file={fileName("distance travelled")}
                  />
                }
              >
                <DistancePlot distances={answer.distances} />
              </Panel>
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}
