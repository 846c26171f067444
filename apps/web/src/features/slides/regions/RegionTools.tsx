"use client";
import { ActionIcon, Button, Group, SegmentedControl, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { classColor } from "@/features/masks/classColors";
import classes from "./regions.module.css";
import type { RegionTool } from "./useRegionPen.ts";
import type { RegionScreen } from "./useRegionScreen.ts";

/** What the pointer does, of which class, and the steps back and forth. */
export function RegionTools({ screen }: { readonly screen: RegionScreen }) {
  const { regions, pen, classNames, className, chooseClass, addClass } = screen;
  const [wanted, setWanted] = useState("");
  return (
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
    </>
  );
}
