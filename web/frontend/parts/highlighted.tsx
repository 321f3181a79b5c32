// A text with its found parts marked. Places count Unicode scalar values, as the API's do.

export interface Highlight {
  start: number;
  end: number;
}

export function Highlighted({ text, highlights }: { text: string; highlights: readonly Highlight[] }) {
  if (highlights.length === 0) return <>{text}</>;
  const letters = [...text];
  let read = 0;
  const parts = highlights.flatMap(({ start, end }) => {
    const before = letters.slice(read, start).join("");
    read = end;
    return [before, <mark key={start}>{letters.slice(start, end).join("")}</mark>];
  });
  return <>{parts}{letters.slice(read).join("")}</>;
}
