"use client";
import { Button, Group, Slider, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { truthText } from "@/features/classification/predictionText";
import { percent } from "@/lib/format";
import { foldName } from "@/lib/words";
import { Stamp } from "@/ui/Stamp";
import type { Checks, ShownItem } from "./checkText.ts";
import { methodName, verdictStamp } from "./checkText.ts";

interface Props {
  readonly items: readonly ShownItem[];
  readonly checks: Checks;
  readonly classes: readonly string[];
}

/** The items with the method's map over them. Of one that does not depend on the model, only after it was asked for. */
export function HeatmapFigures({ items, checks, classes }: Props) {
  const [opacity, setOpacity] = useState(0.6);
  const [asked, setAsked] = useState(false);
  const stamped = checks.verdict === "INDEPENDENT";
  const hidden = stamped && !asked;
  return (
    <Stack gap="sm">
      <Group gap="lg" align="center">
        <div style={{ flex: "1 1 180px", maxWidth: 320 }}>
          <Text size="xs" id="map-opacity">
            Opacity of the map: {Math.round(opacity * 100)} %
          </Text>
          <Slider
            aria-labelledby="map-opacity"
            thumbProps={{ "aria-labelledby": "map-opacity" }}
            min={0}
            max={1}
            step={0.05}
            label={null}
            value={opacity}
            onChange={setOpacity}
            disabled={hidden}
          />
        </div>
        {stamped && asked && <Switch size="xs" checked label="shown all the same" onChange={() => setAsked(false)} />}
        <Legend signed={items.some((item) => (mapOf(item, checks)?.low ?? 0) < 0)} />
      </Group>
      {hidden && (
        <Group gap="sm" role="note">
          <Stamp why="Nearly the same map comes from a model that has learnt nothing.">
            {verdictStamp.INDEPENDENT}
          </Stamp>
          <Text size="sm">
            The maps of {methodName[checks.method]} are hidden, since they tell nothing of this model.
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
            Show them all the same
          </Button>
        </Group>
      )}
      <ul className="heatmap-grid">
        {items.map((item) => (
          <Figure
            key={item.item.id}
            shown={item}
            checks={checks}
            classes={classes}
            opacity={hidden ? 0 : opacity}
            stamped={stamped && !hidden}
          />
        ))}
      </ul>
    </Stack>
  );
}

const mapOf = ({ maps }: ShownItem, { method }: Checks) => maps.find((map) => map.method === method);

interface FigureProps {
  readonly shown: ShownItem;
  readonly checks: Checks;
  readonly classes: readonly string[];
  readonly opacity: number;
  /** The map is drawn though it does not depend on the model. */
  readonly stamped: boolean;
}

function Figure({ shown, checks, classes, opacity, stamped }: FigureProps) {
  const { item, fold, truth, probabilities, classIndex, imageUrl } = shown;
  const map = mapOf(shown, checks);
  const name = classes[classIndex] ?? `class ${classIndex}`;
  const isBlank = map !== undefined && map.low === map.high;
  return (
    <li>
      <div className="heatmap-picture">
        {/* biome-ignore lint/performance/noImgElement: the api serves files itself, immutable and cached */}
        <img src={imageUrl} alt={item.name} />
        {map && opacity > 0 && (
          // biome-ignore lint/performance/noImgElement: as above
          <img src={map.pictureUrl} alt={`${methodName[checks.method]} of ${name}`} style={{ opacity }} />
        )}
        {stamped && (
          <span className="heatmap-stamp">
            <Stamp why="Nearly the same map comes from a model that has learnt nothing.">
              {verdictStamp.INDEPENDENT}
            </Stamp>
          </span>
        )}
      </div>
      <div className="item-caption">
        <span className="item-name">{item.name}</span>
        <span>{foldName[fold]}</span>
      </div>
      <div className="item-caption">
        <b style={{ color: "var(--mantine-color-text)" }}>true: {truthText(classes, { truth })}</b>
        <span>
          {name} {(probabilities[classIndex] ?? 0).toFixed(2)}
        </span>
      </div>
      {isBlank && (
        <Text size="xs" c="var(--stamp)">
          The map is the same everywhere: nothing in the last block speaks for {name}.
        </Text>
      )}
      {map?.integration && (
        <Text size="xs" c="dimmed">
          {map.integration.steps} steps; {completeText(map.integration)}
        </Text>
      )}
    </li>
  );
}

function completeText({ difference, missing }: { readonly difference: number; readonly missing: number }): string {
  if (Math.abs(difference) < 0.01) return "the logit is the baseline's, so that there is nothing to share out";
  const share = Math.abs(missing / difference);
  return share > 0.05 ? `not complete: ${percent(share, 0)} of the logit is missing` : `complete to ${percent(share)}`;
}

const scales = {
  for: "linear-gradient(90deg, #000004, #420a68, #932667, #dd513a, #fca50a, #fcffa4)",
  both: "linear-gradient(90deg, #053061, #4393c3, #f7f7f7, #d6604d, #67001f)",
} as const;

function Legend({ signed }: { readonly signed: boolean }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="xs">{signed ? "against the class" : "nothing"}</Text>
      <span
        aria-hidden
        style={{
          width: 96,
          height: 10,
          background: signed ? scales.both : scales.for,
          border: "1px solid var(--hairline)",
        }}
      />
      <Text size="xs">for the class</Text>
    </Group>
  );
}
