/** A wall of tiles behind the sign-in sheet; some are petrol, one is not. Decoration only. */
const columns = 26;
const rows = 16;

/** The same wall on every machine. */
const grain = (x: number, y: number) => {
  const value = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return value - Math.floor(value);
};

export function Mosaic() {
  const tiles = Array.from({ length: columns * rows }, (_, at) => ({ x: at % columns, y: Math.floor(at / columns) }));
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${columns * 10} ${rows * 10}`}
      preserveAspectRatio="xMidYMid slice"
      style={{ position: "absolute", inset: 0, width: "100%", height: "100%", zIndex: -1 }}
    >
      {tiles.map(({ x, y }) => {
        const odd = x === 19 && y === 5;
        const shade = grain(x, y);
        return (
          <rect
            key={`${x} ${y}`}
            x={x * 10 + 0.8}
            y={y * 10 + 0.8}
            width={8.4}
            height={8.4}
            rx={0.6}
            fill={odd ? "#d9642a" : "var(--mantine-color-petrol-6)"}
            opacity={odd ? 0.9 : shade > 0.82 ? 0.16 : shade > 0.55 ? 0.07 : 0.03}
            transform={odd ? `rotate(14 ${x * 10 + 5} ${y * 10 + 5})` : undefined}
          />
        );
      })}
    </svg>
  );
}
