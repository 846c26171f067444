"use client";
import {
  ActionIcon,
  Anchor,
  Button,
  Checkbox,
  FileButton,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { classColor } from "@/features/masks/classColors";
import { describeError } from "@/lib/describeError";
import { count } from "@/lib/format";
import { ErrorPanel } from "@/ui/ErrorPanel";
import classes from "./regions.module.css";
import type { RegionTool } from "./useRegionPen.ts";
import type { RegionScreen } from "./useRegionScreen.ts";

/** Classes, tools, layers of readers, and the state of saving. */
export function RegionPanel({ screen }: { readonly screen: RegionScreen }) {
  const { regions, pen, classNames, className, chooseClass, addClass, hidden, toggle } = screen;
  const [wanted, setWanted] = useState("");
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
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="What the pointer does"
              value={pen.tool}
              onChange={(value) => screen.chooseTool(value as RegionTool)}
              data={[
                { value: "move", label: "move" },
                { value: "rectangle", label: "box" },
                { value: "polygon", label: "polygon" },
                { value: "freehand", label: "hand" },
                { value: "edit", label: "edit" },
              ]}
            />
            <Group gap={4} role="radiogroup" aria-label="Class of what is drawn">
              {classNames.map((name, at) => (
                <Button
                  key={name}
                  size="compact-xs"
                  variant={name === className ? "filled" : "default"}
                  role="radio"
                  aria-checked={name === className}
                  leftSection={<span className={classes.swatch} style={{ background: classColor(at) }} />}
                  onClick={() => chooseClass(at)}
                >
                  {at < 9 ? `${at + 1} ` : ""}
                  {name}
                </Button>
              ))}
            </Group>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (addClass(wanted)) setWanted("");
              }}
            >
              <Group gap={4} wrap="nowrap">
                <TextInput
                  size="xs"
                  flex={1}
                  maxLength={100}
                  aria-label="Name of another class"
                  placeholder="another class"
                  value={wanted}
                  onChange={(event) => setWanted(event.currentTarget.value)}
                />
                <Button size="xs" type="submit" variant="default" disabled={wanted.trim() === ""}>
                  Add
                </Button>
              </Group>
            </form>
            <Group gap={4}>
              <ActionIcon variant="default" aria-label="Undo" disabled={!regions.canUndo} onClick={regions.undo}>
                <IconArrowBackUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon variant="default" aria-label="Redo" disabled={!regions.canRedo} onClick={regions.redo}>
                <IconArrowForwardUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label="Delete the chosen region"
                disabled={pen.selected === null}
                onClick={() => screen.removeChosen()}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
              <Button size="xs" disabled={!regions.dirty} loading={regions.busy} onClick={() => regions.save()}>
                Save regions
              </Button>
            </Group>
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
