import type { ArmLooks } from "@/lib/arms";
import { isNumber, score } from "@/lib/format";

interface Props {
  readonly scoreName: string;
  readonly arms: readonly { readonly arm: string; readonly mean?: number | null; readonly sd?: number | null }[];
  readonly look: ArmLooks;
}

const width = 120;
const rowHeight = 21;

/** Mean ± SD of every arm on one scale: enough to see who leads, and by how many SDs. */
export function ArmWhiskers({ scoreName, arms, look }: Props) {
  const ends = arms.flatMap(({ mean, sd }) => (isNumber(mean) ? [mean - (sd ?? 0), mean + (sd ?? 0)] : []));
  if (ends.length === 0) return null;
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const pad = Math.max(0.005, (most - least) * 0.1);
  const x = (value: number) => ((value - least + pad) / (most - least + 2 * pad)) * width;
  const text = arms
    .map(({ arm, mean, sd }) => `${arm} ${score(mean)}${isNumber(sd) ? ` ± ${score(sd)}` : ""}`)
    .join("; ");
  return (
    <svg width={width} height={arms.length * rowHeight} role="img" aria-label={`Validation ${scoreName}: ${text}`}>
      {arms.map(({ arm, mean, sd }, row) => {
        if (!isNumber(mean)) return null;
        const y = row * rowHeight + rowHeight / 2;
        const { color, marker } = look(arm);
        return (
          <g key={arm} fill={color} stroke={color}>
            <line x1={0} x2={width} y1={y} y2={y} stroke="var(--hairline)" />
            {isNumber(sd) && <line x1={x(mean - sd)} x2={x(mean + sd)} y1={y} y2={y} strokeWidth={2} />}
            {marker === "rect" ? (
              <rect x={x(mean) - 4} y={y - 4} width={8} height={8} />
            ) : (
              <circle cx={x(mean)} cy={y} r={4.2} />
            )}
          </g>
        );
      })}
    </svg>
  );
}
