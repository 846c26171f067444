"use client";
import { useQuery } from "@apollo/client/react";
import { Button, Group, SegmentedControl, Switch, Text } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { percent } from "@/lib/format";
import { Loaded } from "@/ui/Loaded";
import { MoreRows } from "@/ui/MoreRows";
import { Panel } from "@/ui/Panel";
import { placesText, ruleText, type SlideJob, type SlideResult, slideText, tilesText } from "./model.ts";
import { SlideResultsQuery } from "./queries.ts";
import { type Overlay, SlideOverlay } from "./SlideOverlay.tsx";

const pageSize = 12;

/** Each slide with the tissue that was found on it, and the tiles that were kept. */
export function SlideTiles({ job }: { readonly job: SlideJob }) {
  const [overlay, setOverlay] = useState<Overlay>("tiles");
  const [large, setLarge] = useState(false);
  const query = useQuery(SlideResultsQuery, { variables: { id: job.id, first: pageSize } });
  const more = (after: string | null | undefined) =>
    query.fetchMore({ variables: { after: after ?? null } }).catch(() => undefined);
  return (
    <Panel
      flush
      title="Slides"
      note={ruleText(job.rule)}
      actions={
        <Group gap="md">
          <SegmentedControl
            size="xs"
            aria-label="What is drawn over the slides"
            value={overlay}
            onChange={(value) => setOverlay(value as Overlay)}
            data={[
              { value: "tiles", label: "tiles" },
              { value: "tissue", label: "tissue" },
              { value: "none", label: "neither" },
            ]}
          />
          <Switch size="xs" label="Large" checked={large} onChange={(event) => setLarge(event.currentTarget.checked)} />
        </Group>
      }
    >
      <Loaded query={query}>
        {({ slideJob }) => {
          const results = slideJob?.results;
          if (!results) return null;
          return (
            <>
              <ul
                style={{
                  display: "grid",
                  gridTemplateColumns: `repeat(auto-fill, minmax(min(100%, ${large ? 640 : 280}px), 1fr))`,
                  gap: 16,
                  padding: 16,
                  margin: 0,
                  listStyle: "none",
                }}
              >
                {results.edges.map(({ node }) => (
                  <li key={node.slide.id}>
                    <SlideFigure jobId={job.id} result={node} overlay={overlay} />
                  </li>
                ))}
              </ul>
              <MoreRows
                hasMore={results.pageInfo.hasNextPage}
                more={() => more(results.pageInfo.endCursor)}
                shown={results.edges.length}
                total={results.totalCount}
              />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

interface FigureProps {
  readonly jobId: string;
  readonly result: SlideResult;
  readonly overlay: Overlay;
}

function SlideFigure({ jobId, result, overlay }: FigureProps) {
  const { slide, facts, error } = result;
  const { name, width, height, thumbnailUrl } = slide;
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        style={{ width: "100%", maxHeight: 640, display: "block", background: "var(--hairline)" }}
        role="img"
        aria-label={`${name}: ${error ?? tilesText({ tiles: result.tiles, seconds: 0 })}`}
      >
        <image href={thumbnailUrl} width={width} height={height} preserveAspectRatio="none" />
        <SlideOverlay result={result} overlay={overlay} />
      </svg>
      <figcaption>
        <Group justify="space-between" gap="xs" wrap="nowrap" mt={6}>
          <Text size="sm" fw={500} truncate>
            {name}
          </Text>
          <Button
            component={Link}
            href={`/slides/${slide.id}?tiles=${jobId}`}
            size="compact-xs"
            variant="default"
            aria-label={`View ${name}`}
          >
            View
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {slideText(slide)}
        </Text>
        {facts && (
          <Text size="xs">
            {tilesText(result)}, {placesText(facts)} · tissue {percent(facts.tissueShare)}
            {facts.penShare >= 0.001 ? ` · ink ${percent(facts.penShare)}` : ""}
          </Text>
        )}
        {error && (
          <Text size="xs" c="var(--mantine-color-error)">
            {error}
          </Text>
        )}
      </figcaption>
    </figure>
  );
}
