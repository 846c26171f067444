"use client";
import { useQuery } from "@apollo/client/react";
import { Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useRenewed } from "@/features/comparison/useRenewed";
import type { Experiment } from "@/features/experiment/types";
import type { LabelScore } from "@/gql/graphql";
import { useQueryParam } from "@/lib/useQueryParam";
import { Empty } from "@/ui/Empty";
import { Loaded, SkeletonRows } from "@/ui/Loaded";
import { Panel } from "@/ui/Panel";
import { useGrowingList } from "@/ui/useGrowingList";
import { JointPanel } from "./JointPanel.tsx";
import { classChoices, classScores, estimateText, maskScores } from "./model.ts";
import { PlantedPanel } from "./PlantedPanel.tsx";
import { LabelErrorsQuery } from "./queries.ts";
import { SuspectGrid } from "./SuspectGrid.tsx";
import { ToReview } from "./ToReview.tsx";

const chosen = (text: string) => (text === "" ? null : Number(text));

/** The labels of a cross-validated experiment, the most suspect first. */
export function LabelErrorsTab({
  experiment,
  classifies,
}: {
  readonly experiment: Experiment;
  readonly classifies: boolean;
}) {
  const [arm, setArm] = useQueryParam("errors-arm", experiment.arms[0]?.name ?? "");
  const scores = classifies ? classScores : maskScores;
  const [score, setScore] = useQueryParam("errors-score", scores[0]!.value);
  const [ofClass, setOfClass] = useQueryParam("errors-class", "");
  const [pair, setPair] = useQueryParam("errors-pair", "");
  const [issues, setIssues] = useQueryParam("errors-only", "");
  const [copies, setCopies] = useQueryParam("errors-copies", "");
  const { first, more } = useGrowingList(36);
  const [pairClass = "", given = "", suggested = ""] = pair.split("-");
  const query = useQuery(LabelErrorsQuery, {
    variables: {
      ...{ id: experiment.id, arm, first, onlyIssues: issues === "1", onlyConflicting: copies === "1" },
      score: score as LabelScore,
      classIndex: chosen(pairClass) ?? chosen(ofClass),
      given: chosen(given),
      suggested: chosen(suggested),
    },
    fetchPolicy: "no-cache",
  });
  useRenewed(experiment, query.refetch);
  return (
    <Stack gap="md">
      <Group align="end">
        {experiment.arms.length > 1 && (
          <NativeSelect
            label="Predictions of arm"
            value={arm}
            data={experiment.arms.map(({ name }) => name)}
            onChange={(event) => setArm(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label="Ranked by"
          value={score}
          data={scores.map((each) => ({ ...each }))}
          onChange={(event) => setScore(event.currentTarget.value)}
        />
      </Group>
      <Loaded
        query={{ ...query, data: query.data ?? query.previousData }}
        skeleton={<SkeletonRows rows={6} height={80} />}
      >
        {(data) => {
          const errors = data.experiment?.labelErrors;
          if (!errors) return <NotYet />;
          const { schema } = errors.labelVersion;
          return (
            <>
              {errors.planted && <PlantedPanel planted={errors.planted} errors={errors} />}
              {errors.questions.length > 0 && (
                <JointPanel questions={errors.questions} schema={schema} pair={pair} onPair={setPair} />
              )}
              <Panel
                title="Labels, the most suspect first"
                note={
                  <>
                    Each judged by models that had not learnt from it: label version {errors.labelVersion.number}, mean
                    of {errors.repeats} {errors.repeats === 1 ? "repeat" : "repeats"}.{" "}
                    {errors.questions.length > 0
                      ? estimateText(errors.questions)
                      : "Of masks no number of errors is estimated: the ranking says where to look first."}
                  </>
                }
              >
                <Group align="end" mb="sm">
                  {(schema.exclusive !== null || schema.classes.length > 1) && (
                    <NativeSelect
                      label="Class"
                      size="xs"
                      value={ofClass}
                      data={classChoices(schema)}
                      onChange={(event) => setOfClass(event.currentTarget.value)}
                    />
                  )}
                  {classifies && (
                    <Checkbox
                      size="xs"
                      label="Only labels held to be wrong"
                      checked={issues === "1"}
                      onChange={(event) => setIssues(event.currentTarget.checked ? "1" : "")}
                    />
                  )}
                  <Checkbox
                    size="xs"
                    label="Only with a copy whose label contradicts"
                    checked={copies === "1"}
                    onChange={(event) => setCopies(event.currentTarget.checked ? "1" : "")}
                  />
                  <ToReview errors={errors} />
                </Group>
                <SuspectGrid errors={errors} datasetId={experiment.dataset.id} more={more} />
              </Panel>
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function NotYet() {
  return (
    <Empty title="No repeat is whole yet">
      <Text size="sm">
        A label is judged by a model that has not learnt from it. Once every fold of a repeat is scored, each item has
        such a prediction.
      </Text>
    </Empty>
  );
}
