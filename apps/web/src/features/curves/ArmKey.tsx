import type { ArmLook } from "@/lib/arms";

/** An arm's sign beside its name: its marker, in its colour. */
export function ArmSign({ look, size = 11 }: { readonly look: ArmLook; readonly size?: number }) {
  const shapes = {
    circle: <circle cx="6" cy="6" r="4.6" />,
    rect: <rect x="1.8" y="1.8" width="8.4" height="8.4" />,
    triangle: <path d="M6 1.2 11 10.4H1z" />,
    diamond: <path d="M6 .8 11.2 6 6 11.2.8 6z" />,
    pin: <path d="M6 11.2 1.2 3.4h9.6z" />,
    arrow: <path d="M1.4 1.4h9.2L6 6l4.6 4.6H1.4L6 6z" />,
  };
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" fill={look.color} style={{ flex: "none" }}>
      {shapes[look.marker]}
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
