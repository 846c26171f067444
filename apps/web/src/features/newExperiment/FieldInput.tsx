"use client";
import { Checkbox, Group, Input, NativeSelect, NumberInput, Switch } from "@mantine/core";
import { CountsInput } from "./CountsInput.tsx";
import type { Field } from "./field.ts";

interface Props {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What is wrong with it, from the api. */
  readonly problem?: string;
  /** For lists of changes, where the name stands beside it already. */
  readonly bare?: boolean;
}

/** One option, its meaning under it, and what is wrong with it. */
export function FieldInput({ field, value, onChange, problem, bare = false }: Props) {
  const frame = bare
    ? { "aria-label": field.label, error: problem }
    : { label: field.label, description: field.help, error: problem };
  switch (field.kind) {
    case "choice":
      return (
        <NativeSelect
          {...frame}
          value={String(value ?? "")}
          data={[...field.options]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "switch":
      return <Switch {...frame} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case "skips": {
      const skips = Array.isArray(value) ? (value as boolean[]) : [];
      return (
        <Input.Wrapper
          {...(bare ? { error: problem } : frame)}
          labelElement="div"
          role="group"
          aria-label={field.label}
        >
          <Group gap="md" mt={6}>
            {skips.map((on, level) => (
              <Checkbox
                // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
                key={level}
                size="xs"
                label={level === 0 ? "finest" : `level ${level + 1}`}
                checked={on}
                onChange={(event) =>
                  onChange(skips.map((each, at) => (at === level ? event.currentTarget.checked : each)))
                }
              />
            ))}
          </Group>
        </Input.Wrapper>
      );
    }
    case "counts":
      return <CountsInput frame={frame} value={value} onChange={onChange} />;
    default:
      return (
        <NumberInput
          {...frame}
          value={typeof value === "number" ? value : ""}
          min={field.min}
          max={field.max}
          step={field.step ?? 1}
          decimalScale={field.kind === "integer" ? 0 : 8}
          clampBehavior="none"
          suffix={field.unit ? ` ${field.unit}` : undefined}
          onChange={(next) => onChange(next === "" ? null : Number(next))}
        />
      );
  }
}
