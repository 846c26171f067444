"use client";
import { useQuery } from "@apollo/client/react";
import { Group, Slider, Text } from "@mantine/core";
import { useState } from "react";
import { ClassLegend } from "@/features/masks/ClassLegend";
import type { MaskLayer } from "@/features/masks/drawMask";
import { MaskedImage } from "@/features/masks/MaskedImage";
import { overTruth } from "@/features/masks/overTruth";
import { armLook, armLooks, truthOnImage } from "@/lib/arms";
import { score } from "@/lib/format";
import { useScheme } from "@/lib/useScheme";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { SampleTruthQuery } from "./queries.ts";
import type { Run, Sample } from "./types.ts";

/** A handful of validation items, as the model sees them at the chosen epoch. */
export function Samples({ run, samples }: { readonly run: Run; readonly samples: readonly Sample[] }) {
  const scheme = useScheme();
  const epochs = [...new Set(samples.map((sample) => sample.epoch))].sort((a, b) => a - b);
  // null follows the newest epoch while the run goes on.
  const [chosen, setChosen] = useState<number | null>(null);
  const epoch = chosen !== null && epochs.includes(chosen) ? chosen : (epochs.at(-1) ?? 0);
  const itemsSeen = new Set(samples.map((sample) => sample.item.id)).size;
  const truth = useQuery(SampleTruthQuery, {
    variables: { id: run.id, labelVersionId: run.labelVersion?.id ?? "" },
    skip: !run.labelVersion || itemsSeen === 0,
    fetchPolicy: "no-cache",
  });
  const truthOf = new Map(truth.data?.run?.samples.map(({ item }) => [item.id, item.label?.maskUrl]) ?? []);
  const look = run.experiment ? armLooks(run.experiment.arms, scheme)(run.arm) : armLook(0, scheme);
  const classes = run.labelVersion?.classes ?? [];
  const several = classes.length > 1;
  const shown = samples
    .filter((sample) => sample.epoch === epoch)
    .sort((a, b) => a.item.name.localeCompare(b.item.name));

  return (
    <Panel
      title="Pictures by epoch"
      note={`Validation items. ${several ? "Left" : "White outline"}: truth${run.labelVersion ? ` (label version ${run.labelVersion.number})` : ""}; ${several ? "right" : "tint"}: the prediction of this seed. Dice is of the one item${several ? ", the mean of its classes" : ""}.`}
    >
      {epochs.length === 0 ? (
        <Empty title="No pictures yet">They come after the first epoch.</Empty>
      ) : (
        <>
          <Group gap="md" mb="md" wrap="nowrap" maw={620}>
            <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }} role="status">
              epoch {epoch}
            </Text>
            {epochs.length > 1 && (
              <Slider
                style={{ flex: 1 }}
                min={0}
                max={epochs.length - 1}
                step={1}
                value={epochs.indexOf(epoch)}
                onChange={(at) => setChosen(at === epochs.length - 1 ? null : (epochs[at] ?? null))}
                marks={epochs.map((_, at) => ({ value: at }))}
                label={(at) => `epoch ${epochs[at]}`}
                thumbLabel="Epoch"
              />
            )}
          </Group>
          <ClassLegend classes={classes} />
          <ul className="sample-grid">
            {shown.map((sample) => {
              const mask = truthOf.get(sample.item.id);
              const outline: MaskLayer[] = mask ? [{ url: mask, color: truthOnImage, tint: 0, outline: 1.5 }] : [];
              const aspect = sample.item.width / sample.item.height;
              return (
                <li key={sample.item.id}>
                  <div className="diptych">
                    <MaskedImage
                      src={sample.item.thumbnailUrl}
                      alt={`${sample.item.name} with the truth outlined`}
                      aspect={aspect}
                      classes={classes.length}
                      layers={outline}
                    />
                    <MaskedImage
                      src={sample.item.thumbnailUrl}
                      alt={`${sample.item.name} with the prediction at epoch ${epoch}`}
                      aspect={aspect}
                      classes={classes.length}
                      layers={overTruth(
                        classes,
                        [{ url: sample.predictionUrl, color: look.onImage, tint: 0.35, outline: 1.5 }],
                        outline,
                      )}
                    />
                  </div>
                  <div className="item-caption">
                    <span className="item-name">{sample.item.name}</span>
                    <span>Dice {score(sample.dice)}</span>
                  </div>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Panel>
  );
}
