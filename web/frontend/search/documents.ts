// What a search asks: a page of quotes, and how much there is of each value that would narrow it.
import type { ResultOf } from "gql.tada";
import { graphql } from "../api/graphql";
import { QUOTE } from "../parts/source";

export const SEARCH = graphql(
  `query Search(
    $search: String, $filter: QuoteFilter, $orderBy: QuoteOrder!, $after: String, $by: [FacetDimension!]!
  ) {
    quotes(search: $search, filter: $filter, orderBy: $orderBy, first: 20, after: $after) {
      totalCount
      search { text notices }
      facets(by: $by, first: 6) { by furtherValues none values { value label count } }
      edges { highlights { start end } node { ...Quote } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  [QUOTE],
);

export type Found = ResultOf<typeof SEARCH>["quotes"];
export type FacetShown = Found["facets"][number];
