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
}

export const problemText = (problem: ConfigurationProblem) =>
  `Expected ${problem.expected}, got ${problem.got}; ${problem.fix}`;

export function BaseFields({ base, onChange, problems }: Props) {
  return (
    <>
      {fieldGroups.map((group) => (
        <section key={group.title} className="field-group" aria-label={group.title}>
          <Title order={3} mb="sm">
            {group.title}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="md" verticalSpacing="md">
            {group.fields
              .filter((field) => isUsed(field, base))
              .map((field) => {
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
