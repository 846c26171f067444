"use client";
import { Stack, Text } from "@mantine/core";
import { drawn } from "@/features/heatmaps/ChecksPanel";
import { allLeft, mostlyLeft } from "@/features/heatmaps/checkText";
import { GuardPlots } from "@/features/heatmaps/GuardPlots";
import { IntervalPlot } from "@/features/heatmaps/IntervalPlot";
import { VerdictStamp } from "@/features/heatmaps/VerdictStamp";
import { plural } from "@/lib/format";
import { fileName } from "@/lib/saveFile";
import { Panel } from "@/ui/Panel";
import {
  type Answer,
  type Checks,
  kindName,
  kindText,
  kindVerdictText,
  tileLocalisationText,
  truthSource,
} from "./text.ts";

interface Props {
  readonly answer: Answer;
  readonly checks: Checks;
}

/** All that maps of one kind are held against. */
export function KindChecks({ answer, checks }: Props) {
  const name = kindName[checks.kind];
  const { localisation } = checks;
  return (
    <Panel
      title={`Checks of ${name}`}
      note={`${kindText(checks.kind, answer.score)} On ${plural(answer.guardItems, "validation item")}; 1 is the same map, 0 what any two maps share. Lines at ${mostlyLeft} and ${allLeft}: below the first in full, it passes; above the second, it does not depend on the model.`}
    >
      <Stack gap="md">
        <VerdictStamp verdict={checks.verdict} name={sentence(name)} text={kindVerdictText(checks)} />
        <GuardPlots checks={checks} name={name} labelRandomised={answer.labelRandomised} />
        <div>
          <h3 className="label">Localisation: area under the ROC curve over tiles</h3>
          {localisation && answer.tileTruth ? (
            <>
              <IntervalPlot
                file={fileName("tile localisation", name)}
                label="Localisation AUC"
                rows={[
                  { name, ...drawn(localisation.auc), color: "var(--mantine-color-anchor)" },
                  { name: "oddness of features", ...drawn(localisation.oddness), color: "var(--ink-soft)" },
                ]}
                from={0}
                to={1}
                marks={[0.5]}
              />
              <Text size="xs" c="dimmed">
                {tileLocalisationText(localisation)} By {truthSource[answer.tileTruth]}; 0.5 is chance.
              </Text>
            </>
          ) : (
            <Text size="sm" c="dimmed">
              Of no validation item is it known which tiles are of the class, so nothing tells whether a map is in the
              right place.
            </Text>
          )}
        </div>
      </Stack>
    </Panel>
  );
}

const sentence = (name: string) => name.replace(/^./, (letter) => letter.toUpperCase());
