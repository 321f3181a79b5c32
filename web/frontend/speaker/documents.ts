// What a speaker's page asks.
import { graphql } from "../api/graphql";
import { QUOTE } from "../parts/source";
import { TENURE } from "../parts/tenure";

export const SPEAKER = graphql(
  `query Speaker($id: ID!, $after: String) {
    speaker(id: $id) {
      id name wikidataId quoteCount statementCount
      candidates { wikidataId probability }
      knownAs { name kind language source }
      tenures(first: 50) { totalCount nodes { ...Tenure } }
      quotes(first: 20, after: $after) { nodes { ...Quote } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [QUOTE, TENURE],
);
