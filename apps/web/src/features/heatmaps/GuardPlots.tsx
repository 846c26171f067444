"use client";
import { Group, Text } from "@mantine/core";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CascadePlot, lineOf } from "./CascadePlot.tsx";
import {
  type Answer,
  allLeft,
  type Checks,
  cascadeLines,
  labelModelText,
  measureName,
  mostlyLeft,
} from "./checkText.ts";
import { IntervalPlot, type IntervalRow } from "./IntervalPlot.tsx";

interface Props {
  readonly checks: Pick<Checks, "cascade" | "weights" | "labels">;
  /** Of the maps. */
  readonly name: string;
  readonly labelRandomised: Answer["labelRandomised"];
}

/** What is left of maps without what the model learnt: block after block, with all weights random, with labels that mean nothing. */
export function GuardPlots({ checks, name, labelRandomised }: Props) {
  const { cascade, weights, labels } = checks;
  return (
    <>
      {cascade.length > 0 && (
        <div>
          <h3 className="label">Left of the map, made random from the head down to…</h3>
          <Key checks={checks} />
          <CascadePlot checks={checks} name={name} />
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
            {labelModelText(labelRandomised)}
          </Text>
        </div>
      )}
    </>
  );
}

const shares = { from: -0.5, to: 1, marks: [mostlyLeft, allLeft] } as const;

const rowsOf = (left: NonNullable<Checks["weights"]>["left"]): IntervalRow[] =>
  left.map(({ measure, estimate, low, high }) => ({
    ...{ name: measureName[measure], value: estimate, low, high },
    color: lineOf[measure].color,
  }));

function Key({ checks }: Pick<Props, "checks">) {
  return (
    <Group gap={14} my={4} aria-hidden>
      {cascadeLines(checks).map(({ measure }) => (
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
