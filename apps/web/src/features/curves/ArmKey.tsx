import type { ArmLook } from "@/lib/arms";

/** Each marker in a box of 12 × 12, about (6, 6). */
export const markerPaths: Readonly<Record<ArmLook["marker"], string>> = {
  circle: "M6 1.4a4.6 4.6 0 1 1 0 9.2a4.6 4.6 0 1 1 0-9.2z",
  rect: "M1.8 1.8h8.4v8.4h-8.4z",
  triangle: "M6 1.2 11 10.4H1z",
  diamond: "M6 .8 11.2 6 6 11.2.8 6z",
  pin: "M6 11.2 1.2 3.4h9.6z",
  arrow: "M1.4 1.4h9.2L6 6l4.6 4.6H1.4L6 6z",
};

/** An arm's sign beside its name: its marker, in its colour. */
export function ArmSign({ look, size = 11 }: { readonly look: ArmLook; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" fill={look.color} style={{ flex: "none" }}>
      <path d={markerPaths[look.marker]} />
    </svg>
  );
}

export function ArmName({ name, look }: { readonly name: string; readonly look: ArmLook }) {
  return (
    <span
      style={{
        display: "inline-flex",
        alignItems: "center",
        gap: 6,
        fontWeight: 600,
        minWidth: 0,
        fontSize: "0.8125rem",
      }}
    >
      <ArmSign look={look} />
      <span style={{ overflowWrap: "break-word", minWidth: "min(100%, 6ch)" }}>{name}</span>
    </span>
  );
}
