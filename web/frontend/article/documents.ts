// What an article's page asks.
import { graphql } from "../api/graphql";
import { QUOTE } from "../parts/source";
import { DATE } from "../parts/date";

export const ARTICLE_PAGE = graphql(
  `query Article($id: ID!, $after: String) {
    article(id: $id) {
      id title url archiveUrl site documentId language licence authors printedPublisher
      publisher { id name } publishedAt { ...Date }
      quotes(first: 100, after: $after) {
        totalCount nodes { start end ...Quote } pageInfo { hasNextPage endCursor }
      }
    }
  }`,
  [QUOTE, DATE],
);
