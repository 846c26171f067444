"use client";
import { Anchor, NativeSelect, SegmentedControl, Slider, Stack, Text } from "@mantine/core";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";
import { useSetQuery } from "@/lib/useQueryParam";
import { TabTitle } from "@/ui/TabTitle";
import { MapCaption } from "./map/MapCaption.tsx";
import { isHidden, MapPanel } from "./map/MapPanel.tsx";
import { TileMapLayer } from "./map/TileMapLayer.tsx";
import { tileBox } from "./map/TopTiles.tsx";
import { useTileMap } from "./map/useTileMap.ts";
import { useTileUnder } from "./map/useTileUnder.ts";
import { ruleText, type SlideItem, slideText } from "./model.ts";
import { magnifications, placeOf, placeText } from "./place.ts";
import { RegionLayer } from "./regions/RegionLayer.tsx";
import { RegionPad } from "./regions/RegionPad.tsx";
import { RegionPanel } from "./regions/RegionPanel.tsx";
import { useRegionScreen } from "./regions/useRegionScreen.ts";
import { SlideOverlay } from "./SlideOverlay.tsx";
import classes from "./SlideViewer.module.css";
import { SlideViewer } from "./SlideViewer.tsx";
import { type Drawing, useScreenState } from "./useScreenState.ts";
import type { SlideView } from "./view.ts";
import { magnify } from "./ZoomTools.tsx";

/** A slide over the whole window, with what is drawn over it and how to change that. */
export function SlideScreen({ item, refetch }: { readonly item: SlideItem; readonly refetch: () => Promise<unknown> }) {
  const state = useScreenState(item);
  const setQuery = useSetQuery();
  const [start] = useState(placeOf(useSearchParams().get("at") ?? ""));
  const [opened, setOpened] = useState<{ readonly view: SlideView; readonly frame: HTMLElement } | null>(null);
  const onView = useCallback((view: SlideView, frame: HTMLElement) => setOpened({ view, frame }), []);
  const map = useTileMap(item.id, state);
  const drawn = useRegionScreen(item);
  const painting = state.draw === "map" && !isHidden(map, state) ? map.painting : null;
  const under = useTileUnder(opened?.view ?? null, opened?.frame ?? null, painting);
  const microns = item.slide?.micronsX ?? null;
  const { draw, setDraw, cut, cuts, opacity } = state;
  const outlines = cut && { ...cut, slide: item };
  const onKey = (key: string) => {
    const magnification = magnifications[Number(key) - 1];
    if (magnification && microns !== null && opened) magnify(opened.view, magnification, microns);
    else if (key === "m") setDraw(draw === "map" ? "none" : "map");
    else return false;
    return true;
  };
  const onEnd = async () => {
    await Promise.all([refetch(), map.query.refetch()]);
  };
  return (
    <main className={classes.page}>
      <TabTitle>{item.name}</TabTitle>
      <header className={classes.head}>
        <Anchor component={Link} href={`/datasets/${item.dataset.id}?tab=tiles`} size="sm">
          {item.dataset.name}
        </Anchor>
        <h1>{item.name}</h1>
        <Text size="xs" c="dimmed">
          {slideText(item)}
        </Text>
      </header>
      <div className={classes.body}>
        <SlideViewer
          slide={item}
          microns={microns}
          start={start}
          onRest={(place) => setQuery({ at: place ? placeText(place) : "" })}
          onKey={onKey}
          onView={onView}
          layers={
            <>
              {painting && opened && (
                <TileMapLayer view={opened.view} slide={item} painting={painting} opacity={opacity / 100} />
              )}
              {opened && drawn.pen.tool !== "move" && (
                <RegionPad view={opened.view} regions={drawn.regions} pen={drawn.pen} onClass={drawn.chooseClass} />
              )}
            </>
          }
          shapes={
            <>
              {outlines && (draw === "tiles" || draw === "tissue") && (
                <SlideOverlay result={outlines} overlay={draw} opacity={opacity / 100} />
              )}
              {painting && state.marked !== null && state.marked < painting.order.length && (
                <Mark box={tileBox(painting, state.marked)} />
              )}
              {opened && (
                <RegionLayer
                  sets={drawn.shownSets}
                  pen={drawn.shownPen}
                  classNames={drawn.classNames}
                  pixels={(opened.view.shown()?.width ?? 1) / Math.max(1, opened.view.width())}
                />
              )}
            </>
          }
          caption={painting && <MapCaption map={map} as={state.as} />}
        />
        <aside className={classes.side} aria-label="What is drawn over the slide">
          <Stack gap="md">
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="What is drawn over the slide"
              value={draw}
              onChange={(value) => setDraw(value as Drawing)}
              data={[
                { value: "map", label: "map" },
                { value: "tiles", label: "tiles", disabled: !cut },
                { value: "tissue", label: "tissue", disabled: !cut },
                { value: "none", label: "nothing" },
              ]}
            />
            <div>
              <Text size="xs" id="slide-opacity">
                Opacity: {opacity} %
              </Text>
              <Slider
                size="sm"
                min={0}
                max={100}
                step={5}
                value={opacity}
                onChange={state.setOpacity}
                label={null}
                thumbProps={{ "aria-labelledby": "slide-opacity" }}
                disabled={draw === "none"}
              />
            </div>
            {(draw === "tiles" || draw === "tissue") && cuts.length > 1 && (
              <NativeSelect
                size="xs"
                label="Cut by"
                value={cut?.job.id}
                onChange={(event) => state.setTiles(event.currentTarget.value)}
                data={cuts.map(({ job }) => ({ value: job.id, label: ruleText(job.rule) }))}
              />
            )}
            {draw === "map" && opened && (
              <MapPanel item={item} state={state} map={map} view={opened.view} under={under} onEnd={onEnd} />
            )}
            <RegionPanel screen={drawn} />
            <Text size="xs" c="dimmed">
              Keys on the slide: arrows move, + and − zoom, 0 shows all
              {microns === null ? "" : ", 1 to 4 magnify 5, 10, 20 and 40 times"}, M shows or hides the map.
            </Text>
          </Stack>
        </aside>
      </div>
    </main>
  );
}

/** Seen on any colour: dark within light. */
function Mark({ box }: { readonly box: ReturnType<typeof tileBox> }) {
  const line = { ...box, fill: "none", vectorEffect: "non-scaling-stroke" } as const;
  return (
    <g data-marked>
      <rect {...line} stroke="#fff" strokeWidth={6} />
      <rect {...line} stroke="#111" strokeWidth={2.5} />
    </g>
  );
}
