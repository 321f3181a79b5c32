// A date as exactly as its source knows it, and no more exactly.
import type { ResultOf } from "gql.tada";
import { graphql } from "../api/graphql";

export const DATE = graphql(`fragment Date on DateInterval { text precision earliest }`);
export type FuzzyDate = ResultOf<typeof DATE>;

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };
const SHAPES: Record<FuzzyDate["precision"], Intl.DateTimeFormatOptions> = {
  YEAR: { year: "numeric" },
  MONTH: { month: "long", year: "numeric" },
  DAY,
  INSTANT: { ...DAY, hour: "2-digit", minute: "2-digit" },
};
const KNOWN: Record<FuzzyDate["precision"], string> = {
  YEAR: "only the year is known",
  MONTH: "only the month is known",
  DAY: "the day is known",
  INSTANT: "to the minute",
};

/** "August 2021", "13 August 2021 at 19:40 UTC". */
export function inWords({ text, precision, earliest }: FuzzyDate): string {
  const moment = new Date(earliest);
  if (Number.isNaN(moment.getTime())) return text;
  const words = new Intl.DateTimeFormat("en-GB", { ...SHAPES[precision], timeZone: "UTC" }).format(moment);
  return precision === "INSTANT" ? `${words} UTC` : words;
}

export function Day({ date, exactness = false }: { date: FuzzyDate; exactness?: boolean }) {
  return (
    <>
      <time dateTime={date.text}>{inWords(date)}</time>
      {exactness && <span class="quiet"> ({KNOWN[date.precision]})</span>}
    </>
  );
}

/** A moment of the record's own, known exactly. */
export function Moment({ at }: { at: string }) {
  return <Day date={{ text: at, precision: "INSTANT", earliest: at }} />;
}
