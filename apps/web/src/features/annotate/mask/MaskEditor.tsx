"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { type CSSProperties, type ReactNode, useMemo, useState } from "react";
import { labelColors } from "@/features/labels/readerLayers";
import css from "../annotate.module.css";
import { classOfKey } from "../classes/keys.ts";
import { decides, readersOpinions, type Schema, type Task } from "../model.ts";
import { useKeys } from "../useKeys.ts";
import { type Picture, pixelsOf } from "../view/pictures.ts";
import { useViewKeys } from "../view/useViewKeys.ts";
import { ViewButtons } from "../view/ViewButtons.tsx";
import { Viewer } from "../view/Viewer.tsx";
import { fitted, showing } from "../view/view.ts";
import { WindowFields } from "../view/WindowFields.tsx";
import { greyOf } from "../view/window.ts";
import { differences } from "./combine.ts";
import type { MaskImage } from "./maskImage.ts";
import { outlineCanvas } from "./overlay.ts";
import { ReaderPane } from "./ReaderPane.tsx";
import { holes } from "./regionGrow.ts";
import { StartFrom } from "./StartFrom.tsx";
import { ToolPanel } from "./ToolPanel.tsx";
import { biggerRadius, smallerRadius, type ToolSettings, tools } from "./tools.ts";
import { useDrawing } from "./useDrawing.ts";
import { usePencil } from "./usePencil.ts";
import type { ReaderMask } from "./useReadersMasks.ts";

interface Props {
  readonly task: Task;
  readonly schema: Schema;
  readonly userId: string;
  readonly picture: Picture;
  readonly masks: readonly ReaderMask[];
  /** What to begin with; undefined: nothing is drawn. */
  readonly initial: Uint8Array | undefined;
  readonly settings: ToolSettings;
  readonly set: (change: Partial<ToolSettings>) => void;
  readonly onSave: (mask: MaskImage) => void;
  /** Keys and buttons of the queue. */
  readonly onKey: (key: string) => boolean;
  readonly children: ReactNode;
}

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const;

/** One task's mask under the pencil; where it decides between readers, their masks stand beside it. */
export function MaskEditor({
  task,
  schema,
  userId,
  picture,
  masks,
  initial,
  settings,
  set,
  onSave,
  onKey,
  children,
}: Props) {
  const deciding = decides(task.purpose);
  const { drawing, restored, version, changed, stop } = useDrawing({ task, userId, initial });
  const { width, height } = picture;
  const grey = useMemo(() => ({ width, height, grey: greyOf(pixelsOf(picture).data) }), [picture, width, height]);
  const pencil = usePencil({ drawing, settings, grey, onChange: changed });
  const looking = useViewKeys(picture);
  const [savedOnce, setSavedOnce] = useState(false);
  const readers = useMemo(() => masks.filter(({ opinion }) => readersOpinions(task).includes(opinion)), [masks, task]);
  const differing = useMemo(() => differences(readers.map(({ indices }) => indices)), [readers]);
  const outlines = useMemo(
    () =>
      masks.map(({ indices }, place) => ({
        canvas: outlineCanvas({ width, height, indices }, labelColors[place % labelColors.length]!),
        opacity: 1,
      })),
    [masks, width, height],
  );
  const layers = useMemo(
    () =>
      drawing ? [{ canvas: drawing.canvas, opacity: settings.opacity }, ...(settings.outlines ? outlines : [])] : [],
    [drawing, settings.opacity, settings.outlines, outlines],
  );

  const act = (work: () => void) => {
    work();
    changed(true);
  };
  function save() {
    if (!drawing || savedOnce) return;
    setSavedOnce(true);
    stop();
    onSave(drawing.mask);
  }
  const fillHoles = () => {
    if (!drawing) return;
    drawing.paint(holes(drawing.mask, settings.classIndex + 1), {
      value: settings.classIndex + 1,
      only: settings.protect ? 0 : null,
    });
    if (drawing.end()) changed(true);
  };
  const resize = (change: (value: number) => number, by: number) =>
    settings.tool === "grow"
      ? set({ tolerance: Math.min(255, Math.max(0, settings.tolerance + by)) })
      : set({ radius: change(settings.radius) });

  useKeys((event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.altKey) return false;
    if (event.ctrlKey || event.metaKey) {
      if (key === "z" && drawing) act(() => (event.shiftKey ? drawing.redo() : drawing.undo()));
      else if (key === "y" && drawing) act(() => drawing.redo());
      else return false;
      return true;
    }
    const tool = tools.find((each) => each.key === key);
    const classIndex = /^\d$/.test(key) ? classOfKey(event, schema.classes.length) : null;
    if (key in arrows) {
      const [dx, dy] = arrows[key as keyof typeof arrows];
      const by = event.shiftKey ? 10 : 1;
      const at = pencil.step(dx * by, dy * by);
      if (at && looking.frame)
        looking.setView(showing(looking.view ?? fitted(picture, looking.frame), at, looking.frame));
    } else if (key === " ") pencil.press();
    else if (key === "Enter") pencil.isDrawing ? pencil.close() : save();
    else if (key === "Escape") pencil.cancel();
    else if (tool) set({ tool: tool.tool });
    else if (classIndex !== null) set({ classIndex });
    else if (key === "u" && drawing) act(() => drawing.undo());
    else if (key === "r" && drawing) act(() => drawing.redo());
    else if (key === "x") fillHoles();
    else if (key === "[") resize(smallerRadius, -2);
    else if (key === "]") resize(biggerRadius, 2);
    else if (key === "o") set({ outlines: !settings.outlines });
    else return looking.onKey(key, false) || onKey(key);
    return true;
  });

  const views = { view: looking.view, onView: looking.setView, window: looking.window, onWindow: looking.setWindow };
  const beside = deciding ? readers.slice(0, 4) : [];
  return (
    <div className={css.body}>
      <div className={css.panes} style={{ "--panes": Math.min(3, beside.length + 1) } as CSSProperties}>
        {beside.map((mask) => (
          <ReaderPane
            key={mask.opinion.id}
            mask={mask}
            differing={differing}
            picture={picture}
            opacity={settings.opacity}
            {...views}
          />
        ))}
        <Viewer
          picture={picture}
          label={`${task.item.name}: your mask. Arrow keys move the crosshair, Space draws`}
          layers={layers}
          drawn={version}
          onTool={settings.tool === "move" ? undefined : pencil.onTool}
          decorate={pencil.decorate}
          onFrame={looking.onFrame}
          {...views}
        >
          <span className={css.caption}>
            {beside.length > 0 ? "Your decision" : task.item.name}
            {pencil.cursor ? ` · ${Math.floor(pencil.cursor.x)}, ${Math.floor(pencil.cursor.y)}` : ""}
            {pencil.penDown ? " · pen down" : ""}
          </span>
        </Viewer>
      </div>
      <aside className={css.side} aria-label="Tools">
        <Stack gap="md">
          {children}
          {restored && (
            <Text size="sm" role="status">
              Your unsaved drawing was restored.
            </Text>
          )}
          {task.reason && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              The mask that was sent was refused: {task.reason}
            </Text>
          )}
          {deciding && (
            <StartFrom masks={readers} onStart={(indices) => drawing && act(() => void drawing.replace(indices))} />
          )}
          <ToolPanel classes={schema.classes} settings={settings} set={set} hasOthers={masks.length > 0} />
          <Group gap={4}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!drawing?.canUndo}
              onClick={() => act(() => drawing!.undo())}
            >
              Undo (U)
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!drawing?.canRedo}
              onClick={() => act(() => drawing!.redo())}
            >
              Redo (R)
            </Button>
            <Button size="compact-sm" variant="default" onClick={fillHoles}>
              Fill holes (X)
            </Button>
          </Group>
          <Button onClick={save} disabled={!drawing || savedOnce}>
            Save and next (Enter)
          </Button>
          <WindowFields window={looking.window} onWindow={looking.setWindow} />
          <ViewButtons looking={looking} />
        </Stack>
      </aside>
    </div>
  );
}
