"use client";
import { useQuery } from "@apollo/client/react";
import { Group, SegmentedControl, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { ClassLegend } from "@/features/masks/ClassLegend";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { overTruth } from "@/features/masks/overTruth";
import { truthLayer } from "@/features/masks/truthLayer";
import type { Fold, RunEvaluationQuery, ScoreOrder } from "@/gql/graphql";
import { armLook, armLooks } from "@/lib/arms";
import { count, percent, plural, score } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Empty } from "@/ui/Empty";
import { Loaded } from "@/ui/Loaded";
import { MorePages } from "@/ui/MorePages";
import { Panel } from "@/ui/Panel";
import { Stamp } from "@/ui/Stamp";
import { Stat } from "@/ui/Stat";
import { FurtherScorings } from "./FurtherScorings.tsx";
import { EvaluationQuery } from "./queries.ts";
import type { Run } from "./types.ts";

type Evaluation = NonNullable<NonNullable<RunEvaluationQuery["run"]>["evaluation"]>;
type Row = Evaluation["itemScores"]["edges"][number]["node"];

/** The run's evaluation, item by item from worst to best, with the raw counts. */
export function Scores({ run }: { readonly run: Run }) {
  const [fold, setFold] = useState<Fold>("TEST");
  const [order, setOrder] = useState<ScoreOrder>("WORST_FIRST");
  const query = useQuery(EvaluationQuery, {
    variables: { id: run.id, fold, order, labelVersionId: run.labelVersion?.id ?? "" },
    skip: !run.labelVersion,
  });
  const scheme = useScheme();
  const color = (run.experiment ? armLooks(run.experiment.arms, scheme)(run.arm) : armLook(0, scheme)).onImage;
  if (!run.labelVersion) {
    return (
      <section className="panel">
        <Empty title="A foreign run has no items to score">It logs its own numbers; see its curves.</Empty>
      </section>
    );
  }
  return (
    <Stack gap="md">
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Fold"
          value={fold}
          onChange={(value) => setFold(value as Fold)}
          data={[
            { value: "TEST", label: "test" },
            { value: "VALIDATION", label: "validation" },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label="Order"
          value={order}
          onChange={(value) => setOrder(value as ScoreOrder)}
          data={[
            { value: "WORST_FIRST", label: "worst first" },
            { value: "BEST_FIRST", label: "best first" },
          ]}
        />
      </Group>
      <Loaded query={query}>
        {({ run: found }) => {
          const evaluation = found?.evaluation;
          if (!evaluation) {
            return (
              <section className="panel">
                <Empty title={`Not scored on the ${fold.toLowerCase()} fold`}>
                  {run.state === "SUCCEEDED"
                    ? "This fold has no items, or was left out."
                    : "Scores come when the run ends, from its best checkpoint."}
                </Empty>
              </section>
            );
          }
          const scores = evaluation.itemScores;
          const { classes } = evaluation.labelVersion;
          return (
            <>
              <Summary evaluation={evaluation} />
              <FurtherScorings runId={run.id} fold={fold} />
              <Panel
                title="Items"
                note={`${classes.length > 1 ? "Left: truth; right" : "White outline: truth; tint"}: prediction. TP, FP and FN are pixels${classes.length > 1 ? " of the one class," : ""} at the model’s size; pieces are connected parts of the mask.`}
              >
                <ClassLegend classes={classes} />
                <ul className="sample-grid">
                  {scores.edges.map(({ node }) => (
                    <ScoredItem key={`${node.item.id} ${node.classIndex}`} row={node} color={color} classes={classes} />
                  ))}
                </ul>
                <MorePages
                  query={query}
                  pageInfo={scores.pageInfo}
                  shown={scores.edges.length}
                  total={scores.totalCount}
                />
              </Panel>
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function Summary({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <Panel title={`Dice on the ${evaluation.fold.toLowerCase()} fold`} note={`Convention: ${evaluation.convention}`}>
      <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }} spacing="md">
        <Stat label="Mean">{score(evaluation.meanDice)}</Stat>
        <Stat label="Median">{score(evaluation.medianDice)}</Stat>
        <Stat label="n">{plural(evaluation.items, "item")}</Stat>
        <Stat label="Label version">{evaluation.labelVersion.number}</Stat>
        <Stat label="Checkpoint">step {count(evaluation.checkpointStep)}</Stat>
        <Stat label="Scored at">
          {evaluation.size} × {evaluation.size} px, threshold {evaluation.threshold}
        </Stat>
        <Stat label="Scoring">
          {evaluation.scoring === 1 ? (
            "the first"
          ) : (
            <Stamp why="This fold was scored before by the same run: it is no longer an unseen test.">{`scoring ${evaluation.scoring}`}</Stamp>
          )}
        </Stat>
      </SimpleGrid>
    </Panel>
  );
}

interface ScoredItemProps {
  readonly row: Row;
  readonly color: string;
  /** Of the label schema. */
  readonly classes: readonly string[];
}

function ScoredItem({ row, color, classes }: ScoredItemProps) {
  const several = classes.length > 1;
  const truth = truthLayer(row.item.label);
  const aspect = row.item.width / row.item.height;
  return (
    <li>
      <div className="diptych">
        <MaskedImage
          src={row.item.thumbnailUrl}
          alt={`${row.item.name} with the truth outlined`}
          aspect={aspect}
          classes={classes.length}
          layers={truth}
        />
        <MaskedImage
          src={row.item.thumbnailUrl}
          alt={`${row.item.name} with the prediction`}
          aspect={aspect}
          classes={classes.length}
          layers={overTruth(classes, [{ url: row.predictionUrl, color, tint: 0.35, outline: 1.5 }], truth)}
        />
      </div>
      <div className="item-caption">
        <span className="item-name">{row.item.name}</span>
        <b style={{ color: "var(--mantine-color-text)" }}>
          {several ? `${classes[row.classIndex]}: ` : ""}Dice {score(row.dice)}
        </b>
      </div>
      <div className="item-caption">
        <span>region {percent(row.regionShare)}</span>
        <span>
          TP {count(row.truePositives)} · FP {count(row.falsePositives)} · FN {count(row.falseNegatives)} · pieces{" "}
          {row.predictedComponents}, true {row.truthComponents}
        </span>
      </div>
    </li>
  );
}
