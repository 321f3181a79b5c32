// What a quote's card asks of a quote: the words, whose they are, as what, where and when.
import type { ResultOf } from "gql.tada";
import { graphql } from "../api/graphql";
import { DATE } from "./date";

export const ARTICLE = graphql(
  `fragment ArticleLine on Article {
    id title url site printedPublisher publisher { id name } publishedAt { ...Date }
  }`,
  [DATE],
);

export const QUOTE = graphql(
  `fragment Quote on Quote {
    id text language kind speakerKind capacity via medium contextBefore contextAfter contradictingReadings
    printed { speaker role organisation attribution }
    speaker { id name } role { function status } organisation { id name }
    saidAt { ...Date } reportedAt { ...Date }
    article { ...ArticleLine }
    vanished { at }
    furtherSpeakers { name mode probability }
  }`,
  [ARTICLE, DATE],
);

export type QuoteShown = ResultOf<typeof QUOTE>;
export type ArticleShown = ResultOf<typeof ARTICLE>;
