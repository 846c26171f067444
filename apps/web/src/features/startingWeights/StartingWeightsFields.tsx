"use client";
import { Group, NativeSelect, NumberInput, Text } from "@mantine/core";
import { blockCount } from "./fit.ts";
import { choicesOf, type Source, type Target, weightsProblem } from "./sources.ts";
import {
  type Part,
  partOf,
  parts,
  type Start,
  type StartingWeights,
  sourceId,
  sourceKind,
  sourceOf,
  startingWeights,
  startOf,
  starts,
  startText,
} from "./startingWeights.ts";

interface Props {
  readonly value: StartingWeights;
  readonly onChange: (value: StartingWeights) => void;
  readonly sources: readonly Source[];
  /** What they must fit. */
  readonly target: Target;
  /** Names the fields for those who do not see them: "arm 2". */
  readonly of: string;
  /** Which starts are offered; all of them where it is not given. */
  readonly offered?: readonly Start[];
  /** The part is chosen elsewhere. */
  readonly wholeOnly?: boolean;
}

const sourceLabel = { run: "Earlier run (its best checkpoint)", imported: "Imported weights" } as const;
const noSource = {
  run: "No earlier run fits this model.",
  imported: "No imported weights fit this model.",
} as const;
const noneYet = { run: "no run yet", imported: "none imported yet" } as const;

/** Random; or an earlier run or imported weights, as they are or by their statistics, and which part of them. */
export function StartingWeightsFields(props: Props) {
  const { value, onChange, sources, target, of, offered = starts, wholeOnly = false } = props;
  const start = startOf(value);
  const kind = sourceKind(start);
  const part = partOf(value);
  const source = sourceOf(value);
  const id = source ? sourceId(source) : "";
  const firstFit = (wanted: NonNullable<typeof kind>) =>
    choicesOf(sources, wanted, target, part.part).find(({ why }) => why === null)?.id ?? "";

  function choose(next: Start) {
    const wanted = sourceKind(next);
    onChange(startingWeights(next, wanted === kind || wanted === null ? id : firstFit(wanted), part));
  }
  return (
    <Group gap="sm" align="flex-start" className="starting-weights">
      <NativeSelect
        label="Weights start"
        aria-label={`Weights of ${of} start`}
        value={start}
        data={offered.map((each) => ({ value: each, label: startText[each] }))}
        onChange={(event) => choose(event.currentTarget.value as Start)}
        style={{ flex: "1 1 200px", maxWidth: 320 }}
      />
      {kind !== null && (
        <>
          <SourceSelect
            {...{ kind, sources, target, of, id, value }}
            part={part.part}
            onChoose={(next) => onChange(startingWeights(start, next, part))}
          />
          {!wholeOnly && (
            <PartFields
              part={part}
              target={target}
              of={of}
              onChange={(next) => onChange(startingWeights(start, id, next))}
            />
          )}
        </>
      )}
      {value.kind === "statistics" && (
        <Text size="xs" c="dimmed" w="100%">
          Each tensor is drawn anew with the mean and variance of the source’s: their scale without their features.
        </Text>
      )}
    </Group>
  );
}

interface SourceProps {
  readonly kind: "run" | "imported";
  readonly sources: readonly Source[];
  readonly target: Target;
  readonly of: string;
  readonly id: string;
  readonly part: Part["part"];
  readonly value: StartingWeights;
  readonly onChoose: (id: string) => void;
}

function SourceSelect({ kind, sources, target, of, id, part, value, onChoose }: SourceProps) {
  const choices = choicesOf(sources, kind, target, part);
  const option = ({ id: each, label, why }: (typeof choices)[number]) => ({
    value: each,
    label: why === null ? label : `${label}: ${why}`,
    // What is chosen stays readable when the model changes under it.
    disabled: why !== null && each !== id,
  });
  const [fitting, others] = [choices.filter(({ why }) => why === null), choices.filter(({ why }) => why !== null)];
  const empty = choices.length === 0 ? noneYet[kind] : "choose one";
  const problem = weightsProblem(value, sources, target);
  const none = choices.length > 0 && fitting.length === 0 ? noSource[kind] : null;
  return (
    <NativeSelect
      label={sourceLabel[kind]}
      aria-label={`${sourceLabel[kind]} of ${of}`}
      value={id}
      data={[
        ...(id === "" ? [{ value: "", label: empty }] : []),
        ...(fitting.length > 0 ? [{ group: "fit this model", items: fitting.map(option) }] : []),
        ...(others.length > 0 ? [{ group: "do not fit this model", items: others.map(option) }] : []),
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
      error={none ?? (id !== "" && problem ? upperFirst(problem) : undefined)}
      style={{ flex: "2 1 260px", minWidth: 0 }}
    />
  );
}

const upperFirst = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

interface PartProps {
  readonly part: Part;
  readonly target: Target;
  readonly of: string;
  readonly onChange: (part: Part) => void;
}

/** Of a U-Net the levels down to the deepest, of a classifier all but the head; the rest stays random. */
function PartFields({ part, target, of, onChange }: PartProps) {
  const encoder = target.model.family === "unet" ? "encoder" : "all but the head";
  const labels: Readonly<Record<Part["part"], string>> = { encoder, all: "all layers", firstBlocks: "first blocks" };
  const most = blockCount(target.model);
  return (
    <>
      <NativeSelect
        label="Layers"
        aria-label={`Layers of ${of}`}
        value={part.part}
        data={parts.map((each) => ({ value: each, label: labels[each] }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Part["part"];
          onChange(next === "firstBlocks" ? { part: next, blocks: 1 } : { part: next });
        }}
        style={{ flex: "1 1 130px" }}
      />
      {part.part === "firstBlocks" && (
        <NumberInput
          label={most === null ? "Blocks" : `Blocks, of ${most}`}
          aria-label={`First blocks of ${of}`}
          value={part.blocks ?? ""}
          min={1}
          max={most ?? 100}
          decimalScale={0}
          allowDecimal={false}
          onChange={(next) => onChange({ part: "firstBlocks", blocks: next === "" ? null : Number(next) })}
          w={110}
        />
      )}
    </>
  );
}
