// A time in a role, as bands and lists show it.
import type { ResultOf } from "gql.tada";
import { graphql } from "../api/graphql";
import { DATE, inWords, type FuzzyDate } from "./date";

export const TENURE = graphql(
  `fragment Tenure on Tenure {
    id origin status function source quoteCount
    begin { bound date { ...Date latest } } end { bound date { ...Date latest } }
    role { id title } organisation { id name } speaker { id name }
  }`,
  [DATE],
);
export type TenureShown = ResultOf<typeof TENURE>;
export type BoundShown = TenureShown["begin"];

/** Of a time in a role the day is enough. */
function coarse(date: FuzzyDate): FuzzyDate {
  return date.precision === "INSTANT" ? { ...date, precision: "DAY" } : date;
}

function bound({ bound: kind, date }: BoundShown, unknown: string, open: string): string {
  switch (kind) {
    case "OPEN":
      return open;
    case "UNKNOWN":
      return unknown;
    default:
      return date ? inWords(coarse(date)) : unknown;
  }
}

/** "13 August 2021 to January 2024"; of sightings, that they are. */
export function span(tenure: Pick<TenureShown, "begin" | "end" | "origin">): string {
  const begin = bound(tenure.begin, "beginning not known", "since ever, as recorded,");
  const end = bound(tenure.end, "end not known", "still held, as recorded");
  const words = begin === end ? begin : `${begin} to ${end}`;
  return tenure.origin === "SIGHTED" ? `seen ${words}` : words;
}
