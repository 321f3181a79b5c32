// What an answer comes to, in a tone and in words: the verdict, and what is to be held against it.
import type { ResultOf } from "gql.tada";
import type { VERIFY_EACH, Verification } from "./documents";
import { FINDINGS, RESERVATIONS, VERDICTS, type Tone } from "./verdicts";

type Each = NonNullable<ResultOf<typeof VERIFY_EACH>["verifyMany"]>[number];
type Read = Pick<Verification, "verdict" | "findings"> & { matches: Each["matches"] | Verification["matches"] };

export interface Reading {
  word: string;
  tone: Tone;
  says: string;
  /** What else was noticed, each once. */
  noticed: string[];
  /** Whether the words are on record just as they were given, by whom they were given to. */
  good: boolean;
  /** Whether they are on record, with something to be held against it. */
  reserved: boolean;
}

const OTHERS = "At least one of the quotations in your text is on no record here. What is on record of the others stands below.";
const VANISHED = "Its article was read again since, and the words were not found in it any more.";
const READINGS = "Another reading of the same place in the article contradicts this one.";

export function reading({ verdict, findings, matches }: Read): Reading {
  const { word, tone, says } = VERDICTS[verdict];
  const noticed = new Set(findings.map(({ kind }) => FINDINGS[kind]));
  if (verdict === "NOT_FOUND") {
    return { word, tone, says: matches.length > 0 ? OTHERS : says, noticed: [...noticed], good: false, reserved: false };
  }
  let reserved = findings.some(({ kind }) => RESERVATIONS.has(kind));
  const reserve = (applies: boolean | undefined, words: string) => {
    if (applies) noticed.add(words);
    reserved ||= applies === true;
  };
  const [best] = matches;
  reserve(matches.some(({ statement }) => statement && statement.contradictions.length > 0), FINDINGS.DISPUTED_ATTRIBUTION);
  reserve(best?.quote != null && best.quote.vanished !== null, VANISHED);
  reserve(best?.quote != null && best.quote.contradictingReadings > 0, READINGS);
  const good = tone === "good";
  if (!good || !reserved) return { word, tone, says, noticed: [...noticed], good, reserved: false };
  const on = verdict === "VERBATIM" ? "These words are on record." : says;
  return { word, tone: "warn", says: `${on} There is a reservation:`, noticed: [...noticed], good: false, reserved };
}
