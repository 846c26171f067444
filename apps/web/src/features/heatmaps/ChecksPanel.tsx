"use client";
import { Group, Stack, Text } from "@mantine/core";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { CascadePlot, lineOf } from "./CascadePlot.tsx";
import { checksCsv } from "./checksCsv.ts";
import {
  type Answer,
  allLeft,
  type Checks,
  labelModelText,
  localisationText,
  measureName,
  measures,
  methodName,
  mostlyLeft,
} from "./checkText.ts";
import { IntervalPlot, type IntervalRow } from "./IntervalPlot.tsx";
import { VerdictStamp } from "./VerdictStamp.tsx";

interface Props {
  readonly answer: Answer;
  readonly checks: Checks;
}

/** All that a method's maps are held against. It stands beside every map of the method. */
export function ChecksPanel({ answer, checks }: Props) {
  const { weights, labels, localisation } = checks;
  const name = methodName[checks.method];
  return (
    <Panel
      title={`Checks of ${name}`}
      note={`On ${plural(answer.guardItems, "validation item")}; 1 is the same map, 0 what any two maps share. Lines at ${mostlyLeft} and ${allLeft}: below the first in full, it passes; above the second, it does not depend on the model.`}
      actions={<CsvButton what="the checks" text={() => checksCsv(answer)} file={fileName("heatmap checks")} />}
    >
      <Stack gap="md">
        <VerdictStamp checks={checks} />
        {checks.cascade.length > 0 && (
          <div>
            <h3 className="label">Left of the map, made random from the head down to…</h3>
            <Key />
            <CascadePlot checks={checks} />
          </div>
        )}
        {weights && (
          <div>
            <h3 className="label">All weights random, {plural(weights.n, "draw")}</h3>
            <IntervalPlot
              file={fileName("random weights", name)}
              label="Share of the map left with random weights"
              rows={rowsOf(weights.left)}
              {...shares}
            />
          </div>
        )}
        {labels && (
          <div>
            <h3 className="label">Trained on labels that mean nothing, {plural(labels.n, "item")}</h3>
            <IntervalPlot
              file={fileName("permuted labels", name)}
              label="Share of the map left with a model of permuted labels"
              rows={rowsOf(labels.left)}
              {...shares}
            />
            <Text size="xs" c="dimmed">
              {labelModelText(answer.labelRandomised)}
            </Text>
          </div>
        )}
        <div>
          <h3 className="label">Localisation: area under the ROC curve over pixels</h3>
          {localisation ? (
            <>
              <IntervalPlot
                file={fileName("localisation", name)}
                label="Localisation AUC"
                rows={[
                  { name, ...drawn(localisation.auc), color: "var(--mantine-color-anchor)" },
                  { name: "edge detector", ...drawn(localisation.edgeDetector), color: "var(--ink-soft)" },
                  { name: "nearness to the middle", ...drawn(localisation.centrePrior), color: "var(--ink-soft)" },
                ]}
                from={0}
                to={1}
                marks={[0.5]}
              />
              <Text size="xs" c="dimmed">
                {localisationText(localisation)} Masks of label version {answer.maskVersion?.number}; 0.5 is chance.
              </Text>
            </>
          ) : (
            <Text size="sm" c="dimmed">
              No validation item of this class has a mask that says where, so nothing tells whether a map is in the
              right place. A label version of segmentation of this dataset would.
            </Text>
          )}
        </div>
      </Stack>
    </Panel>
  );
}

const shares = { from: -0.5, to: 1, marks: [mostlyLeft, allLeft] } as const;

const drawn = ({
  mean,
  low,
  high,
}: {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}) => ({
  value: mean,
  low,
  high,
});

const rowsOf = (left: NonNullable<Checks["weights"]>["left"]): IntervalRow[] =>
  left.map(({ measure, estimate, low, high }) => ({
    ...{ name: measureName[measure], value: estimate, low, high },
    color: lineOf[measure].color,
  }));

function Key() {
  return (
    <Group gap={14} my={4} aria-hidden>
      {measures.map((measure) => (
        <Group key={measure} gap={6}>
          <svg width="26" height="8" aria-hidden>
            <line
              x1="0"
              x2="26"
              y1="4"
              y2="4"
              strokeWidth="2"
              stroke={lineOf[measure].color}
              strokeDasharray={lineOf[measure].dash}
            />
          </svg>
          <Text size="xs">{measureName[measure]}</Text>
        </Group>
      ))}
    </Group>
  );
}
