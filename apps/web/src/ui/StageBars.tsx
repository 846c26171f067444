import { Group, Progress, SimpleGrid, Text } from "@mantine/core";
import { count } from "@/lib/format";
import type { Stage } from "@/lib/stage";

/** How far each stage of a study is. */
export function StageBars({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: stages.length }} spacing="md">
      {stages.map(({ name, done, of, failed }) => (
        <div key={name}>
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {count(done)} of {count(of)} {name}
            </Text>
            {failed > 0 && (
              <Text size="sm" c="var(--mantine-color-error)">
                {count(failed)} failed
              </Text>
            )}
          </Group>
          <Progress mt={4} size="sm" value={of > 0 ? (100 * done) / of : 100} aria-label={`${done} of ${of} ${name}`} />
        </div>
      ))}
    </SimpleGrid>
  );
}
