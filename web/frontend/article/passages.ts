// The text of an article as far as its quotes keep it: the words, and what stands around each. What
// overlaps is joined by its places; what lies between is not kept.

export interface Kept {
  id: string;
  text: string;
  start: number | null;
  end: number | null;
  contextBefore: string | null;
  contextAfter: string | null;
}

/** A stretch of a passage; painted where it belongs to a quote. */
export interface Stretch {
  text: string;
  quote: string | null;
}

export interface Passage {
  stretches: Stretch[];
  /** Whether something stands before it that is not kept. */
  cut: boolean;
}

interface Placed {
  from: number;
  letters: string[];
  /** For each letter the quote that it belongs to. */
  owners: (string | null)[];
}

function placed(quote: Kept): Placed | null {
  const { start, end, id } = quote;
  const own = [...quote.text];
  // Places that do not fit the words cannot be painted by.
  if (start === null || end === null || end - start !== own.length) return null;
  const before = [...(quote.contextBefore ?? "")];
  const after = [...(quote.contextAfter ?? "")];
  const none = (letters: string[]) => letters.map(() => null);
  return {
    from: start - before.length,
    letters: [...before, ...own, ...after],
    owners: [...none(before), ...own.map(() => id), ...none(after)],
  };
}

/** Lays one over the other, which begins no later; `null` where they do not meet, or do not agree. */
function joined(first: Placed, second: Placed): Placed | null {
  const offset = second.from - first.from;
  if (offset > first.letters.length) return null;
  const shared = Math.min(first.letters.length - offset, second.letters.length);
  for (let at = 0; at < shared; at += 1) {
    if (first.letters[offset + at] !== second.letters[at]) return null;
  }
  const letters = [...first.letters, ...second.letters.slice(shared)];
  const owners = letters.map((_, at) => first.owners[at] ?? second.owners[at - offset] ?? null);
  return { from: first.from, letters, owners };
}

function stretches({ letters, owners }: Placed): Stretch[] {
  const found: Stretch[] = [];
  letters.forEach((letter, at) => {
    const quote = owners[at] ?? null;
    const last = found[found.length - 1];
    if (last && last.quote === quote) last.text += letter;
    else found.push({ text: letter, quote });
  });
  return found;
}

/** The passages, in the order of the quotes. */
export function passages(quotes: readonly Kept[]): Passage[] {
  const found: Passage[] = [];
  let last: Placed | null = null;
  for (const quote of quotes) {
    const next = placed(quote);
    const one: Placed | null = next && last && next.from >= last.from ? joined(last, next) : null;
    if (one) {
      found[found.length - 1] = { stretches: stretches(one), cut: one.from > 0 };
      last = one;
      continue;
    }
    last = next;
    const alone = [
      { text: quote.contextBefore ?? "", quote: null },
      { text: quote.text, quote: quote.id },
      { text: quote.contextAfter ?? "", quote: null },
    ];
    found.push({
      stretches: next ? stretches(next) : alone.filter(({ text }) => text !== ""),
      cut: next === null || next.from > 0,
    });
  }
  return found;
}
