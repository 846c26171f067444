"use client";
import { Group, NativeSelect, Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { ScoredSetHeadFragment } from "@/gql/graphql";
import { type ArmLooks, armLooks } from "@/lib/arms";
import { useRefetchOn } from "@/lib/useRefetchOn";
import { useScheme } from "@/lib/useScheme";
import { foldName } from "@/lib/words";
import { Empty } from "@/ui/Empty";
import { FoldSwitch } from "@/ui/FoldSwitch";
import { Loaded } from "@/ui/Loaded";
import { MeasuringStrip } from "./MeasuringStrip.tsx";
import { type SetModel, setModel } from "./model.ts";
import { setOf } from "./source.ts";
import type { BoardProps, SetChoice } from "./useSetChoice.ts";

interface Answer<Set> {
  readonly experiment?: { readonly scoredSet?: Set | null } | null;
  readonly scoredSet?: Set;
}

interface Props<Set> extends BoardProps {
  readonly choice: SetChoice;
  readonly query: {
    readonly data: Answer<Set> | undefined;
    readonly previousData?: Answer<Set> | undefined;
    readonly error?: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  /** Choices of this board alone. */
  readonly controls?: ReactNode;
  /** False where the board's numbers need no measuring of the masks. */
  readonly measured?: boolean;
  /** Whether the board is of one class, of their mean where none is chosen, or of all at once. */
  readonly classes?: "one" | "mean" | "all";
  /** The same set asked for again with another choice: what was shown stays until the answer comes. */
  readonly keepPrevious?: boolean;
  readonly children: (set: Set, model: SetModel) => ReactNode;
}

/** What all boards share: fold and class, how far measuring is, and the states before there is anything to show. */
export function BoardFrame<Set extends ScoredSetHeadFragment>(props: Props<Set>) {
  const { source, looks, revision = 0, choice, query, controls, measured = true, keepPrevious = false } = props;
  const ofClasses = props.classes ?? "one";
  const scheme = useScheme();
  useRefetchOn(revision, query.refetch);

  const kept = keepPrevious && setOf(query.previousData)?.fold === choice.fold ? query.previousData : undefined;
  const data = query.data ?? kept;
  const named = (setOf(data)?.classes ?? []).map((label, index) => ({ value: String(index), label }));
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <FoldSwitch fold={choice.fold} onChange={choice.setFold} />
        {named.length > 1 && ofClasses !== "all" && (
          <NativeSelect
            size="xs"
            aria-label="Class"
            value={choice.classIndex === null ? (ofClasses === "mean" ? "" : "0") : String(choice.classIndex)}
            data={ofClasses === "mean" ? [{ value: "", label: "mean of the classes" }, ...named] : named}
            onChange={(event) => choice.setClass(event.currentTarget.value)}
          />
        )}
        {controls}
      </Group>
      <Loaded query={{ ...query, data }} skeleton={<BoardSkeleton />}>
        {(answer) => {
          const set = setOf(answer);
          if (!set) {
            return (
              <section className="panel">
                <Empty title="Nothing is scored yet">
                  A board needs at least one run that was scored on the {foldName[choice.fold]} fold. Scores come when a
                  run ends.
                </Empty>
              </section>
            );
          }
          const ofSet: ArmLooks =
            looks ??
            armLooks(
              set.arms.map(({ arm }) => ({ name: arm })),
              scheme,
            );
          return (
            <>
              {measured && (
                <MeasuringStrip source={source} fold={choice.fold} first={set.measuring} onMore={query.refetch} />
              )}
              {props.children(set, setModel(set, ofSet))}
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function BoardSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      <Skeleton h={64} />
      <Skeleton h={380} />
      <Skeleton h={220} />
    </Stack>
  );
}
