// The years below a chart.
import { percent, type Scale } from "./scale";

export function Axis({ scale, top, height }: { scale: Scale; top: number; height: number }) {
  return (
    <g class="axis">
      {scale.ticks.map(({ label, place }) => (
        <g key={label}>
          <line x1={percent(place)} x2={percent(place)} y1={0} y2={top + 4} />
          <text x={percent(place)} dx={4} y={height - 3}>{label}</text>
        </g>
      ))}
    </g>
  );
}
