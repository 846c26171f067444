"use client";
import { Anchor, Button, Checkbox, FileButton, Group, Stack, Text } from "@mantine/core";
import { describeError } from "@/lib/describeError";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { RegionTools } from "./RegionTools.tsx";
import classes from "./regions.module.css";
import type { RegionScreen } from "./useRegionScreen.ts";

/** Tools, layers of readers, and the state of saving. */
export function RegionPanel({ screen }: { readonly screen: RegionScreen }) {
  const { regions, hidden, toggle } = screen;
  const { drawing, others, mine, mayDraw } = regions;
  if (regions.query.error) return <ErrorPanel error={regions.query.error} retry={() => regions.query.refetch()} />;
  return (
    <section aria-label="Regions">
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          Regions
        </Text>
        {mayDraw && (
          <>
            <RegionTools screen={screen} />
            <Checkbox
              size="xs"
              label="All of the slide is drawn: what lies outside is none of these classes"
              checked={drawing.complete}
              onChange={(event) => regions.change({ complete: event.currentTarget.checked })}
            />
            <Text size="xs" role="status">
              {stateText(regions)}
            </Text>
            {regions.error !== null && <SaveProblem regions={regions} />}
          </>
        )}
        <ul className={classes.list} aria-label="Readers' regions">
          {mine || drawing.regions.length > 0 ? (
            <li>
              <Checkbox
                size="xs"
                label={`mine (${count(drawing.regions.length)})`}
                checked={!hidden.has("mine")}
                onChange={() => toggle("mine")}
              />
            </li>
          ) : null}
          {others.map((set) => (
            <li key={set.id}>
              <Group gap="xs" wrap="nowrap" justify="space-between">
                <Checkbox
                  size="xs"
                  label={`${set.reader} (${count(set.regions.length)})`}
                  checked={!hidden.has(set.reader)}
                  onChange={() => toggle(set.reader)}
                />
                <Anchor href={set.geoJsonUrl} size="xs" download aria-label={`Regions of ${set.reader} as GeoJSON`}>
                  GeoJSON
                </Anchor>
              </Group>
            </li>
          ))}
        </ul>
        {!mine && others.length === 0 && drawing.regions.length === 0 && (
          <Text size="xs" c="dimmed">
            Nobody has drawn on this slide{mayDraw ? "; choose a tool above" : ""}.
          </Text>
        )}
        <Group gap="xs">
          {mine && (
            <Anchor href={mine.geoJsonUrl} size="xs" download>
              Mine as GeoJSON
            </Anchor>
          )}
          {mayDraw && (
            <FileButton accept=".geojson,.json" onChange={(file) => file && void regions.importFile(file)}>
              {(props) => (
                <Button {...props} size="compact-xs" variant="default">
                  Read GeoJSON
                </Button>
              )}
            </FileButton>
          )}
        </Group>
        {mayDraw && (
          <Text size="xs" c="dimmed">
            On the slide: arrows move the cursor, Enter sets a corner, C closes, 1 to 9 choose the class, Delete
            removes, Ctrl+Z undoes, Escape ends.
          </Text>
        )}
      </Stack>
    </section>
  );
}

function stateText({ dirty, kept, restored, busy, mine }: RegionScreen["regions"]): string {
  if (busy) return "Saving…";
  if (dirty && !kept) return "Not saved";
  if (dirty) return restored ? "Not saved; kept in this browser from before" : "Not saved; kept in this browser";
  return mine ? "Saved" : "Nothing drawn yet";
}

/** Where somebody saved meanwhile, both are kept: the newer one is shown from then on. */
function SaveProblem({ regions }: { readonly regions: RegionScreen["regions"] }) {
  const isConflict = describeError(regions.error).code === "CONFLICT";
  return (
    <div>
      <ErrorPanel error={regions.error} retry={isConflict ? undefined : () => regions.save()} />
      {isConflict && (
        <Button size="compact-sm" mt={6} onClick={() => regions.save(true)}>
          Save these as the newest; both are kept
        </Button>
      )}
    </div>
  );
}
