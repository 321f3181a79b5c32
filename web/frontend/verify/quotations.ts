// The quotations in a text: what stands between pairs of quotation marks, the outermost ones. The rule is
// the server's (src/domain/quotation_marks), so that this page and `dixit verify --article` look at the
// same; a test compares them. Places are UTF-16 code units.

/** A quotation and where it stands in the text, without its marks. */
export interface Quotation {
  start: number;
  end: number;
  text: string;
}

interface Mark {
  print: string;
  /** What closes it where it opens; nothing, where it only closes. */
  closedBy: readonly string[];
  /** Whether it closes others as well, so that what stands beside it decides. */
  both: boolean;
  /** Whether it may be an apostrophe, so that without a counterpart it is none of ours. */
  single: boolean;
}

const mark = (print: string, closedBy: string, both: boolean, single = false): Mark =>
  ({ print, closedBy: closedBy === "" ? [] : closedBy.split(" "), both, single });

/** Longer marks before those they begin with. */
const MARKS: readonly Mark[] = [
  mark("``", "'' \"", false),
  mark("''", "''", true),
  mark("\"", "\"", true),
  mark("“", "” “", true),
  mark("”", "”", true),
  mark("„", "“ ”", false),
  mark("‟", "”", false),
  mark("«", "»", true),
  mark("»", "« »", true),
  mark("「", "」", false),
  mark("『", "』", false),
  mark("‘", "’ ‘", true, true),
  mark("‚", "‘ ’", false, true),
  mark("‹", "›", true, true),
  mark("›", "‹", true, true),
  mark("'", "'", true, true),
  mark("’", "", false, true),
  mark("」", "", false),
  mark("』", "", false),
];

const LETTER = /[\p{Alphabetic}\p{N}]/u;
const BLANK = /\p{White_Space}/u;
const FREE = "([{-–—/\"'“‘„«`，：、。；（";
const OPENED = "\"'“‘[(…";

/** The last character of a text, blanks aside. */
function lastButBlanks(text: string): string {
  let at = text.length - 1;
  while (" \t\u00a0".includes(text.charAt(at)) && at > 0) at -= 1;
  return text.charAt(at);
}

/** What stands beside a mark, as what it is to it. */
function beside(text: string, start: number, end: number) {
  const head = text.slice(0, start);
  const before = [...head.slice(-2)].pop();
  const after = end < text.length ? String.fromCodePoint(text.codePointAt(end)!) : undefined;
  const is = (kind: RegExp, letter: string | undefined) => letter !== undefined && kind.test(letter);
  const free = before === undefined || BLANK.test(before) || FREE.includes(before);
  const first = !/\P{White_Space}/u.test(head);
  return {
    first,
    /** The first thing in a line, but not in the text. */
    line: !first && "\n\r".includes(lastButBlanks(head)),
    /** "the '90s" */
    digit: is(/[0-9]/, after),
    /** "don't" */
    insideWord: is(LETTER, before) && is(LETTER, after),
    opens: free && after !== undefined && (LETTER.test(after) || OPENED.includes(after)),
    beforeBlank: free && is(BLANK, after),
    closes: !is(LETTER, after) && before !== undefined && !BLANK.test(before),
  };
}

type Place = [start: number, end: number];

/** Pairs of marks, and how many have no counterpart. */
function scan(text: string): { pairs: [Place, Place][]; alone: number } {
  const found: ReturnType<typeof scan> = { pairs: [], alone: 0 };
  const stack: { mark: Mark; place: Place }[] = [];
  const unpaired = (rest: typeof stack) => {
    found.alone += rest.filter(({ mark }) => !mark.single).length; // single ones were apostrophes
  };
  for (let at = 0; at < text.length;) {
    const mark = MARKS.find(({ print }) => text.startsWith(print, at));
    if (!mark) {
      at += 1;
      continue;
    }
    const place: Place = [at, at + mark.print.length];
    at = place[1];
    const near = beside(text, ...place);
    if (mark.single && near.insideWord) continue;
    let opener = stack.length - 1;
    while (opener >= 0 && !stack[opener]!.mark.closedBy.includes(mark.print)) opener -= 1;
    const nests = mark.both && near.opens;
    const french = mark.print === "«" && near.beforeBlank; // a blank inside its marks
    const free = near.opens || french || (!mark.single && (!mark.both || near.first));
    if (opener >= 0 && !nests && (!mark.single || near.closes)) {
      const [open, ...above] = stack.splice(opener);
      found.pairs.push([open!.place, place]);
      unpaired(above);
    } else if (near.line && stack[opener]?.mark.print === mark.print) {
      // Newspapers open each paragraph of a quote anew, and close the last one.
    } else if (mark.closedBy.length > 0 && free && !(mark.single && near.digit)) {
      stack.push({ mark, place });
    } else if (!mark.single) {
      found.alone += 1;
    }
  }
  unpaired(stack);
  return found;
}

/** The quotations of a text, and how many of its marks have no counterpart. */
export function quotations(text: string): { found: Quotation[]; alone: number } {
  const { pairs, alone } = scan(text);
  pairs.sort(([one], [other]) => one[0] - other[0]);
  const found: Quotation[] = [];
  for (const [[, from], [to]] of pairs) {
    const inside = text.slice(from, to);
    const words = inside.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
    const start = from + inside.indexOf(words);
    const last = found[found.length - 1];
    if (last && start < last.end) continue;
    if (LETTER.test(words)) found.push({ start, end: start + words.length, text: words });
  }
  return { found, alone };
}

/** Fewer words in marks name a thing ("the so-called “safe zone”") more often than they quote. */
const WORDS = 3;

/** Whether it has the words of a quotation, and is not just called something. Not every script has blanks. */
export function isLong({ text }: Quotation): boolean {
  const words = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)];
  return words.filter(({ isWordLike }) => isWordLike).length >= WORDS;
}

/** The letters and digits of a text: what tells whether two are the same but for marks and blanks. */
export function letters(text: string): string {
  return text.normalize("NFC").replace(/[^\p{Alphabetic}\p{N}]/gu, "");
}

/** Whether a text has more characters, as the API counts them. */
export function exceeds(text: string, most: number): boolean {
  return text.length > most && [...text].length > most;
}
