/** The mark: tiles of a mosaic, one that differs and one that moved. */
export function Brand({ size = 22 }: { readonly size?: number }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 9 }}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <g fill="var(--mantine-color-petrol-6)">
          <path d="M3 3h7v7H3zM12.5 3h7v7h-7zM3 12.5h7v7H3zM22 22h7v7h-7zM12.5 22h7v7h-7zM24 1.5l6 3.2-3.2 6-6-3.2z" />
          <path d="M22 12.5h7v7h-7zM3 22h7v7H3z" opacity=".45" />
        </g>
        <path fill="#d9642a" d="M12.5 12.5h7v7h-7z" />
      </svg>
      <span style={{ fontWeight: 650, letterSpacing: "-0.01em", fontSize: "1.0625rem" }}>Tessera</span>
    </span>
  );
}
