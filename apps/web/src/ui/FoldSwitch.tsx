"use client";
import { SegmentedControl, Text } from "@mantine/core";
import type { Fold } from "@/gql/graphql";
import { useQueryParam } from "@/lib/useQueryParam";

/** The fold lives in the address, so that all tabs of a page show the same one. */
export function useFold(): [Fold, (fold: string) => void] {
  const [fold, setFold] = useQueryParam("fold", "TEST");
  return [fold === "VALIDATION" ? fold : "TEST", setFold];
}

interface Props {
  readonly fold: Fold;
  readonly onChange: (fold: string) => void;
}

export function FoldSwitch({ fold, onChange }: Props) {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Fold"
        value={fold}
        onChange={onChange}
        data={[
          { value: "TEST", label: "test" },
          { value: "VALIDATION", label: "validation" },
        ]}
      />
      {fold === "VALIDATION" && (
        <Text size="xs" c="var(--stamp)" maw={260}>
          Selection has seen the validation fold: its scores are too good.
        </Text>
      )}
    </>
  );
}
