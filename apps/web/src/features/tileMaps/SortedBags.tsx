"use client";
import { Button, Group, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { verdictStamp } from "@/features/heatmaps/checkText";
import { useQueryParam } from "@/lib/useQueryParam";
import { Panel } from "@/ui/Panel";
import { Stamp } from "@/ui/Stamp";
import { SortedTiles } from "./SortedTiles.tsx";
import { type Answer, kindName, type ShownBag } from "./text.ts";

interface Props {
  readonly answer: Answer;
  readonly classes: readonly string[];
}

/** Every bag's tiles by their value, also where no slide is here. Of a kind that does not depend on the model, only after it was asked for. */
export function SortedBags({ answer, classes }: Props) {
  const [kind, setKind] = useQueryParam("sorted", "");
  const [asked, setAsked] = useState(false);
  const checks = answer.checks.find((each) => each.kind === kind) ?? answer.checks[0];
  if (!checks) return null;
  const name = kindName[checks.kind];
  const stamped = checks.verdict === "INDEPENDENT";
  return (
    <Panel
      title="Tiles by value"
      note="From the highest tile to the lowest, of the class that is explained. Tiles are numbered by their row in the bag."
      actions={
        answer.checks.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Kind of map"
            value={checks.kind}
            onChange={(value) => {
              setKind(value);
              setAsked(false);
            }}
            data={answer.checks.map((each) => ({ value: each.kind, label: kindName[each.kind] }))}
          />
        )
      }
    >
      <Stack gap="md">
        {stamped && (
          <Group gap="sm" role="note">
            <Stamp why="Nearly the same map comes from a model that has learnt nothing.">
              {verdictStamp.INDEPENDENT}
            </Stamp>
            {asked ? (
              <Switch size="xs" checked label="shown all the same" onChange={() => setAsked(false)} />
            ) : (
              <>
                <Text size="sm">The {name} is hidden, since it tells nothing of this model.</Text>
                <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>
                  Show it all the same
                </Button>
              </>
            )}
          </Group>
        )}
        {(!stamped || asked) &&
          answer.items.map((bag) => {
            const map = mapOf(bag, checks.kind);
            const explained = classes[bag.classIndex] ?? `class ${bag.classIndex}`;
            return (
              <section key={bag.item.id} aria-label={bag.item.name}>
                <div className="item-caption">
                  <span className="item-name">{bag.item.name}</span>
                  <span>
                    {explained} {(bag.probabilities[bag.classIndex] ?? 0).toFixed(2)}
                  </span>
                </div>
                {map && <SortedTiles map={map} tiles={bag.tiles} label={`${name} of ${bag.item.name}`} />}
              </section>
            );
          })}
      </Stack>
    </Panel>
  );
}

/** Of the explained class, or the one that is the same for all. */
const mapOf = ({ maps, classIndex }: ShownBag, kind: Answer["checks"][number]["kind"]) =>
  maps.find((map) => map.kind === kind && (map.classIndex ?? classIndex) === classIndex);
