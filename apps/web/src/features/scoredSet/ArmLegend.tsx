import { Group } from "@mantine/core";
import { ArmName } from "@/features/curves/ArmKey";
import type { SetArm } from "./model.ts";

/** Which sign is which arm. */
export function ArmLegend({ arms }: { readonly arms: readonly SetArm[] }) {
  return (
    <Group gap="md" mb={6} component="ul" style={{ listStyle: "none", paddingLeft: 0, marginTop: 0 }}>
      {arms.map((arm) => (
        <li key={arm.name}>
          <ArmName name={arm.name} look={arm.look} />
        </li>
      ))}
    </Group>
  );
}
