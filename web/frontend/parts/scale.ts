// From moments to places on a chart, in percent of its width.

export interface Scale {
  /** The place of a moment (milliseconds), 0 to 100. */
  place: (moment: number) => number;
  /** Years that fit beside each other as labels. */
  ticks: { label: string; place: number }[];
}

const YEAR = 365.25 * 24 * 3600 * 1000;

/** A scale over whole years around these moments; `null` where there is none. */
export function scale(moments: readonly number[], labels = 6): Scale | null {
  const known = moments.filter((moment) => !Number.isNaN(moment));
  if (known.length === 0) return null;
  const first = new Date(Math.min(...known)).getUTCFullYear();
  const last = new Date(Math.max(...known)).getUTCFullYear() + 1;
  const [from, to] = [Date.UTC(first), Date.UTC(last)];
  const place = (moment: number) => ((moment - from) / (to - from)) * 100;
  const step = Math.max(1, Math.ceil((to - from) / YEAR / labels));
  const ticks = [];
  for (let year = first; year < last; year += step) ticks.push({ label: String(year), place: place(Date.UTC(year)) });
  return { place, ticks };
}

/** The place of a percentage, as SVG writes it. */
export function percent(place: number): string {
  return `${Math.max(0, Math.min(100, place)).toFixed(3)}%`;
}
