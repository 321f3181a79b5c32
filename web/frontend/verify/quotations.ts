// The quotations in a paragraph: what stands between a pair of quotation marks.

/** A quotation and where it stands in the text, in UTF-16 code units, without its marks. */
export interface Quotation {
  start: number;
  end: number;
  text: string;
}

const MARKED = /“([^“”]+)”|„([^„“”]+)[“”]|"([^"]+)"|«([^«»]+)»|「([^「」]+)」/g;
/** Fewer words name a thing ("the so-called “safe zone”") more often than they quote. */
const WORDS = 3;

export function quotations(text: string): Quotation[] {
  return [...text.matchAll(MARKED)].flatMap((found) => {
    const words = found.slice(1).find((group) => group !== undefined) ?? "";
    const short = words.trim().split(/\s+/).length < WORDS && !found[0].startsWith("「");
    const start = found.index + 1;
    return short ? [] : [{ start, end: start + words.length, text: words }];
  });
}
