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

/** The values of one facet behind the first ones, as many as are told at once. */
export const VALUES = graphql(
  `query Values($search: String, $filter: QuoteFilter, $by: FacetDimension!) {
    quotes(search: $search, filter: $filter, first: 1) {
      facets(by: [$by], first: 100) { by furtherValues none values { value label count } }
    }
  }`,
);

/** What a speaker, an organisation or a publisher is called that no facet names. */
export const NAME = graphql(
  `query Name($id: ID!) { node(id: $id) { __typename ... on Speaker { name } ... on Organisation { name } } }`,
);

export type Found = ResultOf<typeof SEARCH>["quotes"];
export type FacetShown = Found["facets"][number];
