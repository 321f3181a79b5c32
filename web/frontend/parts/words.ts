// Words for what the schema writes in capitals, and for counts.

/** `HEAD_OF_STATE` → "head of state". */
export function plain(word: string): string {
  return word.toLowerCase().replaceAll("_", " ");
}

/** `IGO` and `NGO` are abbreviations; everything else is words. */
export function organisationKind(kind: string): string {
  return kind === "IGO" ? "intergovernmental organisation" : kind === "NGO" ? "NGO" : plain(kind);
}

const NUMBERS = new Intl.NumberFormat("en-GB");

export function number(value: number): string {
  return NUMBERS.format(value);
}

/** `count(1, "quote")` → "1 quote", `count(2, "quote")` → "2 quotes". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** The English name of a language, where the browser knows one. */
export function language(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A tag that HTML's `lang` takes; printed text may be in a language that has none. */
export function lang(tag: string | null | undefined): string | undefined {
  return tag && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined;
}

/** The words of a sentence with a capital. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
