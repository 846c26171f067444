"use client";
import { Button, Table, Text } from "@mantine/core";
import type { ReviewPurpose } from "@/gql/graphql";
import { classText } from "@/lib/classText";
import { decides, type Schema, type Task } from "../model.ts";
import type { Choice } from "./choice.ts";

interface Props {
  readonly task: Task;
  readonly schema: Schema;
  readonly purpose: ReviewPurpose;
  readonly userId: string;
  readonly onTake: (choice: Choice) => void;
}

/**
 * What each reader said, side by side. Who is to say what they see is shown their own opinion alone, lest others lead them; before a blind
 * second read is saved the api tells nothing.
 */
export function OpinionList({ task, schema, purpose, userId, onTake }: Props) {
  const opinions = task.opinions.filter(
    ({ classValues, userId: by }) => classValues !== null && (decides(purpose) || by === userId),
  );
  if (opinions.length === 0) return null;
  const differ = (index: number) => new Set(opinions.map(({ classValues }) => classValues![index])).size > 1;
  return (
    <Table verticalSpacing={4} horizontalSpacing={6} aria-label="What readers said">
      <Table.Tbody>
        {opinions.map(({ id, reader, userId: by, classValues }) => (
          <Table.Tr key={id}>
            <Table.Td>
              {reader}
              {by === userId ? " (you)" : ""}
            </Table.Td>
            <Table.Td>
              <Text size="sm" fw={schema.classes.some((_, index) => differ(index)) ? 600 : 400}>
                {classText(classValues!, schema.classes)}
              </Text>
            </Table.Td>
            <Table.Td>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`Take it: what ${reader} said`}
                onClick={() => onTake(classValues as Choice)}
              >
                Take it
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
