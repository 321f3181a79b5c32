// What an organisation's page asks.
import { graphql } from "../api/graphql";
import { QUOTE } from "../parts/source";
import { TENURE } from "../parts/tenure";

export const ORGANISATION = graphql(
  `query Organisation($id: ID!, $after: String) {
    organisation(id: $id) {
      id name kind country wikidataId quoteCount statementCount
      parent { id name }
      aliases { name kind language }
      officeHolders(first: 20) { totalCount nodes { ...Tenure } }
      quotes(first: 20, after: $after) { nodes { ...Quote } pageInfo { hasNextPage endCursor } }
    }
  }`,
  [QUOTE, TENURE],
);
