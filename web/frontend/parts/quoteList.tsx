// A page of quotes of a speaker, an organisation or an article.
import type { Route } from "../route/route";
import { Pages } from "./pages";
import { QuoteCard } from "./quoteCard";
import type { QuoteShown } from "./source";

export interface QuotesShown {
  nodes: readonly QuoteShown[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Props {
  quotes: QuotesShown;
  /** The same view behind a cursor. */
  page: (after?: string) => Route;
  after?: string;
  article?: boolean;
}

export function QuoteList({ quotes, page, after, article }: Props) {
  const { hasNextPage, endCursor } = quotes.pageInfo;
  return (
    <>
      <ol class="quotes">
        {quotes.nodes.map((quote) => <li key={quote.id}><QuoteCard quote={quote} article={article} /></li>)}
      </ol>
      <Pages next={hasNextPage && endCursor ? page(endCursor) : null} start={after ? page() : null} />
    </>
  );
}
