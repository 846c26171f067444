"use client";
import { Stack, Text } from "@mantine/core";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { CsvButton } from "@/ui/CsvButton";
import { Panel } from "@/ui/Panel";
import { checksCsv } from "./checksCsv.ts";
import {
  type Answer,
  allLeft,
  type Checks,
  localisationText,
  methodName,
  mostlyLeft,
  verdictText,
} from "./checkText.ts";
import { GuardPlots } from "./GuardPlots.tsx";
import { IntervalPlot } from "./IntervalPlot.tsx";
import { VerdictStamp } from "./VerdictStamp.tsx";

interface Props {
  readonly answer: Answer;
  readonly checks: Checks;
}

/** All that a method's maps are held against. It stands beside every map of the method. */
export function ChecksPanel({ answer, checks }: Props) {
  const { localisation } = checks;
  const name = methodName[checks.method];
  return (
    <Panel
      title={`Checks of ${name}`}
      note={`On ${plural(answer.guardItems, "validation item")}; 1 is the same map, 0 what any two maps share. Lines at ${mostlyLeft} and ${allLeft}: below the first in full, it passes; above the second, it does not depend on the model.`}
      actions={<CsvButton what="the checks" text={() => checksCsv(answer)} file={fileName("heatmap checks")} />}
    >
      <Stack gap="md">
        <VerdictStamp verdict={checks.verdict} name={name} text={verdictText(checks)} />
        <GuardPlots checks={checks} name={name} labelRandomised={answer.labelRandomised} />
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

/** A mean as IntervalPlot takes it. */
export const drawn = ({
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
