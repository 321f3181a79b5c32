// The sign of a verdict: a shape of its own for each, so that colour is never alone.
import type { Verdict } from "./documents";

const SHAPES: Record<Verdict, string> = {
  VERBATIM: "M5 12.5l4.500 4.500L19 7",
  EXCERPT: "M8 6H5v12h3M16 6h3v12h-3M9.500 12h5",
  ALTERED: "M5 9h14M5 15h14M16 4L8 20",
  SPLICED: "M4 7h6l4 10h6M4 17h6l1.500-3.500M20 7h-6l-1.500 3.500",
  MISATTRIBUTED: "M4 8h15l-4-4M20 16H5l4 4",
  NOT_FOUND: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.500 17.500l11-11",
};

export function Symbol({ verdict }: { verdict: Verdict }) {
  return (
    <svg class="symbol" viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[verdict]} fill="none" stroke="currentColor" stroke-width="2.400" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
