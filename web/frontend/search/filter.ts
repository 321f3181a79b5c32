// What a search is narrowed by, as the API takes it.
import type { VariablesOf } from "gql.tada";
import type { Dimension, Narrowed, SearchRoute } from "../route/route";
import { DIMENSIONS } from "../route/route";
import type { SEARCH } from "./documents";

export type QuoteFilter = NonNullable<VariablesOf<typeof SEARCH>["filter"]>;

// A value comes from the address, where anybody may write: the API refuses a word that it does not know.
type Words = { [name in "kind" | "speakerKind"]: NonNullable<QuoteFilter[name]>["eq"] };
type RoleWords = { [name in "function" | "domain"]: NonNullable<NonNullable<QuoteFilter["role"]>[name]>["eq"] };

function one(by: Dimension, value: string): QuoteFilter {
  switch (by) {
    case "SPEAKER":
      return { speaker: { id: { eq: value } } };
    case "ORGANISATION":
      return { organisation: { id: { eq: value } } };
    case "FUNCTION":
      return { role: { function: { eq: value as RoleWords["function"] } } };
    case "DOMAIN":
      return { role: { domain: { eq: value as RoleWords["domain"] } } };
    case "SPEAKER_KIND":
      return { speakerKind: { eq: value as Words["speakerKind"] } };
    case "KIND":
      return { kind: { eq: value as Words["kind"] } };
    case "PUBLISHER":
      return { article: { publisher: { id: { eq: value } } } };
    case "LANGUAGE":
      return { language: { eq: value } };
    case "YEAR": {
      // The best date known: when it was said, else when it was in print.
      const unsaid = { saidAt: { known: false }, reportedAt: { within: value } };
      return { or: [{ saidAt: { within: value } }, unsaid] };
    }
  }
}

function filterOf(narrowed: Narrowed): QuoteFilter | undefined {
  const and = DIMENSIONS.flatMap((by) => {
    const value = narrowed[by];
    return value === undefined ? [] : [one(by, value)];
  });
  return and.length === 0 ? undefined : { and };
}

/** Which list a search is of. */
export function listOf({ search, narrowed }: SearchRoute): { search: string | null; filter?: QuoteFilter } {
  return { search: search.trim() || null, filter: filterOf(narrowed) };
}
