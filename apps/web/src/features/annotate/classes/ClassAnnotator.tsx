"use client";
import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReviewPurpose } from "@/gql/graphql";
import { AnnotateHead } from "../AnnotateHead.tsx";
import css from "../annotate.module.css";
import { KeyHelp, type KeyLine } from "../KeyHelp.tsx";
import { type AnnotatedDataset, purposeText, type Schema } from "../model.ts";
import { QueueEnd } from "../QueueEnd.tsx";
import { SaveFailed } from "../SaveFailed.tsx";
import { SkipDialog } from "../SkipDialog.tsx";
import { useKeys } from "../useKeys.ts";
import { usePendingSaves } from "../usePendingSaves.ts";
import { useTaskQueue } from "../useTaskQueue.ts";
import { usePicture } from "../view/usePicture.ts";
import { useViewKeys } from "../view/useViewKeys.ts";
import { ViewButtons } from "../view/ViewButtons.tsx";
import { Viewer } from "../view/Viewer.tsx";
import { WindowFields } from "../view/WindowFields.tsx";
import { ClassButtons } from "./ClassButtons.tsx";
import { type Choice, isComplete, nothing, toggled, unknown } from "./choice.ts";
import { classOfKey } from "./keys.ts";
import { OpinionList } from "./OpinionList.tsx";

interface Props {
  readonly dataset: AnnotatedDataset;
  readonly schema: Schema;
  readonly purpose: ReviewPurpose;
  readonly userId: string;
  readonly onProgress: () => void;
}

const keyLines = (exclusive: boolean): KeyLine[] => [
  [["1", "…", "0", "Q", "…"], exclusive ? "chooses the class" : "the class is there, or not"],
  ...(exclusive
    ? []
    : ([
        [["Shift", "1"], "whether it is there cannot be told"],
        [["N"], "none of them"],
      ] as KeyLine[])),
  [["Enter"], "save, and the next item"],
  [["U"], "back to the last item: what you say then is a new opinion, and the old one is kept"],
  [["S"], "skip, with a reason"],
  [["+", "−", "wheel"], "zoom"],
  [["arrows", "drag"], "move the image"],
  [["F"], "the whole image"],
  [["right drag"], "window and level"],
  [["W"], "brightness as it was"],
];

/** Class labelling by keys: the next item is there before it is wanted, and saving is never waited for. */
export function ClassAnnotator({ dataset, schema, purpose, userId, onProgress }: Props) {
  const exclusive = schema.exclusive === true;
  const queue = useTaskQueue(schema.id, purpose);
  const saves = usePendingSaves<Choice>();
  const [choice, setChoice] = useState<Choice>(nothing(schema.classes.length));
  const [atOnce, setAtOnce] = useState(false);
  const [dialog, setDialog] = useState<"skip" | "help" | null>(null);
  const task = queue.current;
  const { picture, error } = usePicture(task?.item.imageUrl ?? "");
  const looking = useViewKeys(picture);

  const { setView } = looking;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is seen whole
  useEffect(() => setView(null), [task?.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told now and then, not with every item
  useEffect(() => {
    if (saves.savedAt.length % 20 === 0 || !task) onProgress();
  }, [saves.savedAt.length, task === undefined]);

  function save(said: Choice) {
    if (!task || !isComplete(said, exclusive)) return;
    saves.save(task, said, async () => ({ schemaId: schema.id, classValues: [...said] }));
    setChoice(nothing(schema.classes.length));
    queue.next();
  }
  function choose(classIndex: number, notKnown: boolean) {
    const said = notKnown && !exclusive ? unknown(choice, classIndex) : toggled(choice, classIndex, exclusive);
    if (atOnce && exclusive) save(said);
    else setChoice(said);
  }
  function skip(reason: string) {
    if (!task) return;
    saves.skip(task, reason);
    setChoice(nothing(schema.classes.length));
    queue.next();
  }
  async function undo() {
    const back = await saves.undo();
    if (!back) return;
    queue.putFirst(back.task);
    setChoice(back.said ?? nothing(schema.classes.length));
  }

  useKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const classIndex = classOfKey(event, schema.classes.length);
    if (classIndex !== null && task) choose(classIndex, event.shiftKey);
    else if (key === "Enter") save(choice);
    else if (key === "u") void undo();
    else if (key === "s" && task) setDialog("skip");
    else if (key === "n" && !exclusive) setChoice(nothing(schema.classes.length));
    else if (key === "h") setDialog("help");
    else return looking.onKey(key);
    return true;
  });

  return (
    <>
      <AnnotateHead
        {...{ dataset, schema, purpose, userId }}
        savedAt={saves.savedAt}
        waiting={saves.waiting}
        onHelp={() => setDialog("help")}
      />
      <div className={css.body}>
        {!task ? (
          <QueueEnd queue={queue} datasetId={dataset.id} />
        ) : (
          <div className={css.panes}>
            {picture ? (
              <Viewer
                picture={picture}
                label={`${task.item.name}, ${task.item.width} by ${task.item.height} pixels`}
                view={looking.view}
                onView={looking.setView}
                window={looking.window}
                onWindow={looking.setWindow}
                onFrame={looking.onFrame}
              >
                <span className={css.caption}>{task.item.name}</span>
              </Viewer>
            ) : (
              <div className={css.viewer}>
                <span className={css.caption}>
                  {error ? `${task.item.name}: ${error.message}` : "Opening the picture"}
                </span>
              </div>
            )}
          </div>
        )}
        <aside className={css.side} aria-label="What you say">
          <Stack gap="md">
            {saves.failed && (
              <SaveFailed
                error={saves.failed.error}
                itemName={saves.failed.ended?.task.item.name ?? null}
                onForget={saves.forgetFailure}
                onBack={() => {
                  const ended = saves.failed?.ended;
                  if (ended) queue.putFirst(ended.task);
                  setChoice(ended?.said ?? nothing(schema.classes.length));
                  saves.forgetFailure();
                }}
              />
            )}
            <Text size="sm" c="dimmed">
              {purposeText[purpose]}
            </Text>
            {task?.note && <Text size="sm">{task.note}</Text>}
            {task && <OpinionList {...{ task, schema, purpose, userId }} onTake={setChoice} />}
            <ClassButtons classes={schema.classes} choice={choice} onChoose={choose} />
            {exclusive && (
              <Switch
                label="Save as soon as a class is chosen"
                checked={atOnce}
                onChange={(event) => setAtOnce(event.currentTarget.checked)}
              />
            )}
            <Group gap="xs">
              <Button onClick={() => save(choice)} disabled={!task || !isComplete(choice, exclusive)}>
                Save and next (Enter)
              </Button>
              <Button variant="default" onClick={() => void undo()} disabled={!saves.canUndo}>
                Undo (U)
              </Button>
              <Button variant="default" onClick={() => setDialog("skip")} disabled={!task}>
                Skip (S)
              </Button>
            </Group>
            <WindowFields window={looking.window} onWindow={looking.setWindow} />
            <ViewButtons looking={looking} />
          </Stack>
        </aside>
      </div>
      <SkipDialog opened={dialog === "skip"} onClose={() => setDialog(null)} onSkip={skip} />
      <KeyHelp lines={keyLines(exclusive)} opened={dialog === "help"} onClose={() => setDialog(null)} />
    </>
  );
}
