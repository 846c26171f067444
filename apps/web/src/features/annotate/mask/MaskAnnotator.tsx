"use client";
import { Button, Group, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReviewPurpose } from "@/gql/graphql";
import { AnnotateHead } from "../AnnotateHead.tsx";
import css from "../annotate.module.css";
import { KeyHelp, type KeyLine } from "../KeyHelp.tsx";
import { type AnnotatedDataset, decides, purposeText, type Schema, type Task } from "../model.ts";
import { QueueEnd } from "../QueueEnd.tsx";
import { SaveFailed } from "../SaveFailed.tsx";
import { SkipDialog } from "../SkipDialog.tsx";
import { usePendingSaves } from "../usePendingSaves.ts";
import { useTaskQueue } from "../useTaskQueue.ts";
import { usePicture } from "../view/usePicture.ts";
import { draftKey, dropDraft } from "./drafts.ts";
import { MaskEditor } from "./MaskEditor.tsx";
import type { MaskImage } from "./maskImage.ts";
import { sendMask } from "./sendMask.ts";
import { type ToolSettings, usualSettings } from "./tools.ts";
import { type ReaderMask, useReadersMasks } from "./useReadersMasks.ts";

interface Props {
  readonly dataset: AnnotatedDataset;
  readonly schema: Schema;
  readonly purpose: ReviewPurpose;
  readonly userId: string;
  readonly onProgress: () => void;
}

const keyLines: KeyLine[] = [
  [["B", "E", "P", "G", "T", "K", "M"], "brush, eraser, polygon, grow, threshold, fill, move"],
  [["1", "…"], "class to draw"],
  [["[", "]"], "a smaller or larger brush; of Grow, the tolerance"],
  [["arrows"], "move the crosshair by a pixel, with Shift by ten"],
  [["Space"], "draw at the crosshair: puts the brush down, or lifts it; a corner of the polygon"],
  [["Enter"], "close the polygon; else save, and the next item"],
  [["Esc"], "give the polygon up"],
  [["U", "R"], "undo, redo (Ctrl Z, Ctrl Y)"],
  [["X"], "fill the holes of the class"],
  [["O"], "other readers’ outlines"],
  [["L"], "back to the last item"],
  [["S"], "skip, with a reason"],
  [["+", "−", "wheel"], "zoom"],
  [["F"], "the whole image"],
  [["right drag"], "window and level"],
  [["middle drag"], "move the image"],
  [["W"], "brightness as it was"],
];

/** Drawing masks, task by task; saving goes on while the next is drawn. */
export function MaskAnnotator({ dataset, schema, purpose, userId, onProgress }: Props) {
  const queue = useTaskQueue(schema.id, purpose);
  const saves = usePendingSaves<Uint8Array>();
  const [settings, setSettings] = useState<ToolSettings>({ ...usualSettings, outlines: decides(purpose) });
  const [again, setAgain] = useState<{ taskId: string; indices: Uint8Array | null }>();
  const [dialog, setDialog] = useState<"skip" | "help" | null>(null);
  const task = queue.current;
  const { picture, error } = usePicture(task?.item.imageUrl ?? "");
  const { masks, error: unreadable } = useReadersMasks(task?.opinions ?? [], schema.classes.length);
  const problem = error ?? unreadable;

  // biome-ignore lint/correctness/useExhaustiveDependencies: told after each, and at the end
  useEffect(onProgress, [saves.savedAt.length, task === undefined]);

  function save(mask: MaskImage) {
    if (!task) return;
    const label = async () => ({ schemaId: schema.id, maskSha256: await sendMask(mask, schema.classes.length) });
    const drop = () => dropDraft(draftKey(userId, task.id)).catch(() => undefined);
    saves.save(task, mask.indices, label, drop);
    queue.next();
  }
  function skip(reason: string) {
    if (!task) return;
    saves.skip(task, reason);
    queue.next();
  }
  async function last() {
    const back = await saves.undo();
    if (!back) return;
    setAgain({ taskId: back.task.id, indices: back.said });
    queue.putFirst(back.task);
  }
  const key = (pressed: string) => {
    if (pressed === "s") setDialog("skip");
    else if (pressed === "h") setDialog("help");
    else if (pressed === "l") void last();
    else return false;
    return true;
  };
  const above = (
    <>
      {saves.failed && (
        <SaveFailed
          error={saves.failed.error}
          itemName={saves.failed.ended?.task.item.name ?? null}
          onForget={saves.forgetFailure}
          onBack={() => {
            const ended = saves.failed?.ended;
            if (ended) setAgain({ taskId: ended.task.id, indices: ended.said });
            if (ended) queue.putFirst(ended.task);
            saves.forgetFailure();
          }}
        />
      )}
      <Text size="sm" c="dimmed">
        {purposeText[purpose]}
      </Text>
      {task?.note && <Text size="sm">{task.note}</Text>}
      <Group gap={4}>
        <Button size="compact-sm" variant="default" onClick={() => void last()} disabled={!saves.canUndo}>
          Last item (L)
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setDialog("skip")} disabled={!task}>
          Skip (S)
        </Button>
      </Group>
    </>
  );
  const ready = task && picture && masks && belongTo(task, masks);
  return (
    <>
      <AnnotateHead
        {...{ dataset, schema, purpose, userId }}
        savedAt={saves.savedAt}
        waiting={saves.waiting}
        onHelp={() => setDialog("help")}
      />
      {ready ? (
        <MaskEditor
          key={task.id}
          {...{ task, schema, userId, picture, masks, settings }}
          initial={again?.taskId === task.id ? (again.indices ?? undefined) : beginning(task, masks, userId)}
          set={(change) => setSettings((before) => ({ ...before, ...change }))}
          onSave={save}
          onKey={key}
        >
          {above}
        </MaskEditor>
      ) : (
        <div className={css.body}>
          {task ? (
            <div className={css.viewer}>
              <span className={css.caption}>
                {problem ? `${task.item.name}: ${problem.message}` : "Opening the picture"}
              </span>
            </div>
          ) : (
            <QueueEnd queue={queue} datasetId={dataset.id} />
          )}
          <aside className={css.side} aria-label="Tools">
            {above}
          </aside>
        </div>
      )}
      <SkipDialog opened={dialog === "skip"} onClose={() => setDialog(null)} onSkip={skip} />
      <KeyHelp lines={keyLines} opened={dialog === "help"} onClose={() => setDialog(null)} />
    </>
  );
}

/** The masks of the task before may still be there for a moment. */
const belongTo = (task: Task, masks: readonly ReaderMask[]) =>
  task.opinions.filter(({ maskUrl }) => maskUrl !== null).length === masks.length &&
  masks.every(({ opinion }) => task.opinions.some(({ id }) => id === opinion.id));

/** One's own earlier mask; of a review the label that may be wrong; else nothing. */
function beginning(task: Task, masks: readonly ReaderMask[], userId: string): Uint8Array | undefined {
  const own = masks.find(({ opinion }) => opinion.userId === userId);
  if (task.purpose === "ADJUDICATION") return masks.find(({ opinion }) => opinion.adjudicates)?.indices;
  if (task.purpose === "REVIEW") return masks.at(-1)?.indices;
  return own?.indices;
}
