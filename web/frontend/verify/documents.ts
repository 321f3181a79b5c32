// What a verification asks.
import type { ResultOf } from "gql.tada";
import { graphql } from "../api/graphql";
import { DATE } from "../parts/date";
import { QUOTE } from "../parts/source";

export const STATEMENT = graphql(
  `fragment StatementCounts on Statement {
    id quoteCount articleCount publisherCount independentCount
    firstQuotePrecision firstQuoteCandidateCount
    firstQuote { id saidAt { ...Date } reportedAt { ...Date } article { id site printedPublisher publisher { name } publishedAt { ...Date } } }
    contradictions(first: 5) {
      kind state
      statement {
        id text articleCount speaker { id name } organisation { id name } speakerKind role { title }
        firstQuote { id language }
      }
    }
  }`,
  [DATE],
);

const MATCH = graphql(
  `fragment Match on VerificationMatch {
    score part stored meaningBearing diff { op text }
    quote { ...Quote }
    statement { ...StatementCounts }
  }`,
  [QUOTE, STATEMENT],
);

const VERIFICATION = graphql(
  `fragment Verification on Verification {
    verdict
    findings { kind }
    matches(first: 20) { ...Match }
    nearest { ...Match }
    certificate {
      digest corpusState rulesVersion normalForm earliest latest
      quoteCount statementCount articleCount publisherCount siteCount
    }
  }`,
  [MATCH],
);

export const VERIFY = graphql(
  `query Verify($text: String!, $by: String, $on: FuzzyDate, $url: String) {
    verify(text: $text, attributedTo: $by, saidOn: $on, articleUrl: $url) { ...Verification }
  }`,
  [VERIFICATION],
);

/** Several quotations at once: of each its verdict, the best of what it rests on, and whether that is disputed. */
export const VERIFY_EACH = graphql(
  `query VerifyEach($inputs: [VerifyInput!]!) {
    verifyMany(inputs: $inputs) {
      verdict
      findings { kind }
      matches(first: 1) {
        score diff { op text } quote { ...Quote } statement { articleCount contradictions(first: 1) { kind } }
      }
    }
  }`,
  [QUOTE],
);

/** What came in last: words to try, on the first visit. */
export const LATEST = graphql(
  `query Latest { quotes(first: 4) { nodes { ...Quote } } }`,
  [QUOTE],
);

export type Verification = ResultOf<typeof VERIFICATION>;
export type Match = ResultOf<typeof MATCH>;
export type Verdict = Verification["verdict"];
export type FindingKind = Verification["findings"][number]["kind"];
export type StatementCounts = ResultOf<typeof STATEMENT>;
