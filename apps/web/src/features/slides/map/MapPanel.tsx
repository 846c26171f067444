"use client";
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { truthText } from "@/features/classification/predictionText";
import { VerdictStamp } from "@/features/heatmaps/VerdictStamp";
import { kindName, kindText, kindVerdictText } from "@/features/tileMaps/text";
import { count } from "@/lib/format";
import { foldName } from "@/lib/words";
import { Loaded } from "@/ui/Loaded";
import type { SlideItem } from "../model.ts";
import type { ScreenState } from "../useScreenState.ts";
import type { SlideView } from "../view.ts";
import { ChooseMaps } from "./ChooseMaps.tsx";
import { Legend } from "./Legend.tsx";
import { TopTiles } from "./TopTiles.tsx";
import type { ShownMap } from "./useTileMap.ts";
import type { TileUnder } from "./useTileUnder.ts";
import { showings, valueText } from "./values.ts";

interface Props {
  readonly item: SlideItem;
  readonly state: ScreenState;
  readonly map: ShownMap;
  readonly view: SlideView;
  readonly under: TileUnder | null;
  readonly onEnd: () => unknown;
}

/** Which map, what its colours say, what it is held against, and where its extremes are. */
export function MapPanel({ item, state, map, view, under, onEnd }: Props) {
  const { inspectionId } = state;
  return (
    <Stack gap="md">
      <ChooseMaps item={item} shown={map} inspectionId={inspectionId} onChoose={state.setMaps} onEnd={onEnd} />
      {inspectionId && (
        <Loaded query={map.query}>
          {({ inspection }) => {
            if (!inspection) return <Text size="sm">There is no such inspection in this team.</Text>;
            if (inspection.state !== "SUCCEEDED") return null;
            if (!map.bag) return <Text size="sm">This inspection has no map of this slide. Choose another run.</Text>;
            return <Maps item={item} state={state} map={map} view={view} under={under} />;
          }}
        </Loaded>
      )}
    </Stack>
  );
}

function Maps({ item, state, map, view, under }: Omit<Props, "onEnd">) {
  const { answer, bag, checks, classes, classIndices, painting, shown, values } = map;
  if (!answer || !bag || !checks || !map.map)
    return <Text size="sm">The model has neither attention nor scores of tiles.</Text>;
  const hidden = isHidden(map, state);
  const name = (index: number) => classes[index] ?? `class ${index}`;
  const missing = answer.noAttention ?? answer.noScore;
  return (
    <>
      <Text size="xs">
        {foldName[bag.fold]} · true: {truthText(classes, bag)} · {name(bag.classIndex)}{" "}
        {(bag.probabilities[bag.classIndex] ?? 0).toFixed(2)} · {count(bag.tiles)} tiles
      </Text>
      <Group gap="xs" align="flex-end">
        {answer.checks.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Kind of map"
            value={checks.kind}
            onChange={(value) => state.setKind(value.toLowerCase())}
            data={answer.checks.map(({ kind }) => ({ value: kind, label: kindName[kind] }))}
          />
        )}
        {classIndices.length > 1 && (
          <NativeSelect
            size="xs"
            label="Class"
            value={String(map.map.classIndex)}
            onChange={(event) => state.setClassIndex(Number(event.currentTarget.value))}
            data={classIndices.map((index) => ({ value: String(index), label: name(index) }))}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label="What colour says"
          value={state.as}
          onChange={(value) => state.setAs(value as typeof state.as)}
          data={[...showings]}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {kindText(checks.kind, answer.score)}
        {missing && ` ${missing}`}
      </Text>
      <VerdictStamp verdict={checks.verdict} name={kindName[checks.kind]} text={kindVerdictText(checks)} />
      {checks.verdict === "INDEPENDENT" && (
        <Button size="compact-sm" variant="default" onClick={() => state.setShownStamped(hidden)}>
          {hidden ? "Show it all the same" : "Hide it again"}
        </Button>
      )}
      {map.problem && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {map.problem}
        </Text>
      )}
      {!map.problem && !painting && !hidden && (
        <Text size="sm" role="status">
          Reading the map…
        </Text>
      )}
      {!hidden && painting && shown && values && (
        <>
          <Legend shown={shown} as={state.as} row={under?.row ?? null} />
          <Text size="sm" role="status" aria-live="polite">
            {under
              ? `Tile ${count(under.row + 1)} ${under.where === "pointer" ? "under the pointer" : "in the middle"}: ${valueText(values[under.row]!)}`
              : "No tile under the pointer or in the middle."}
          </Text>
          <TopTiles
            slide={item}
            painting={painting}
            values={values}
            view={view}
            marked={state.marked}
            onMark={state.mark}
          />
        </>
      )}
    </>
  );
}

/** A map that does not depend on the model is hidden until it is asked for. */
export const isHidden = ({ checks }: Pick<ShownMap, "checks">, { shownStamped }: Pick<ScreenState, "shownStamped">) =>
  checks?.verdict === "INDEPENDENT" && !shownStamped;
