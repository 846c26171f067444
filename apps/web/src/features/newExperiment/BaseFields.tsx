"use client";
import { SimpleGrid, Title } from "@mantine/core";
import { type Configuration, isUsed, readPath, withField } from "./draft.ts";
import { FieldInput } from "./FieldInput.tsx";
import { fieldGroups } from "./fields.ts";
import type { ConfigurationProblem } from "./queries.ts";

interface Props {
  readonly base: Configuration;
  readonly onChange: (base: Configuration) => void;
  readonly problems: readonly ConfigurationProblem[];
  /** Paths, or the first part of paths, that are chosen elsewhere. */
  readonly without?: readonly string[];
}

export const problemText = (problem: ConfigurationProblem) =>
  `Expected ${problem.expected}, got ${problem.got}; ${problem.fix}`;

export function BaseFields({ base, onChange, problems, without = [] }: Props) {
  const isElsewhere = (path: string) => without.some((each) => path === each || path.startsWith(`${each}.`));
  const shown = fieldGroups
    .map(({ title, fields }) => ({
      title,
      fields: fields.filter((field) => isUsed(field, base) && !isElsewhere(field.path)),
    }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <>
      {shown.map((group) => (
        <section key={group.title} className="field-group" aria-label={group.title}>
          <Title order={3} mb="sm">
            {group.title}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="md" verticalSpacing="md">
            {group.fields.map((field) => {
              const problem = problems.find((each) => each.field === field.path);
              return (
                <FieldInput
                  key={field.path}
                  field={field}
                  value={readPath(base, field.path)}
                  onChange={(value) => onChange(withField(base, field.path, value))}
                  problem={problem && problemText(problem)}
                />
              );
            })}
          </SimpleGrid>
        </section>
      ))}
    </>
  );
}
