// One quote in a list: the words, then whose they are, when, where, and how to cite them.
import type { Highlight } from "./highlighted";
import { Highlighted } from "./highlighted";
import { ArticleLine } from "./articleLine";
import { Byline } from "./attribution";
import { Day } from "./date";
import type { QuoteShown } from "./source";
import { Unknown } from "./state";
import { lang } from "./words";

const RENDERED = { INDIRECT: "in the article’s words, not the source’s", MIXED: "partly in the article’s words" };

interface Props {
  quote: QuoteShown;
  highlights?: readonly Highlight[] | null;
  /** Whether its article is told; not on the article's own page. */
  article?: boolean;
}

export function QuoteCard({ quote, highlights, article = true }: Props) {
  const date = quote.saidAt ?? quote.reportedAt;
  const marks = quote.kind === "DIRECT" ? " marked" : "";
  return (
    <article class="quote">
      <blockquote class={`words${marks}`} dir="auto" lang={lang(quote.language)}>
        <Highlighted text={quote.text} highlights={highlights ?? []} />
      </blockquote>
      <p class="by"><Byline quote={quote} /></p>
      <p class="where">
        {date ? <>{quote.saidAt ? "Said" : "In print"} <Day date={date} /></> : <Unknown>Date not known</Unknown>}
        {article && quote.article && <> · <ArticleLine article={quote.article} dated={false} /></>}
        {quote.kind !== "DIRECT" && <> · {RENDERED[quote.kind]}</>}
        {quote.via && <> · passed on by <bdi>{quote.via}</bdi></>}
        {quote.vanished && <> · <strong>not found any more when its article was read again</strong></>}
        {" · "}<a href={`/quotes/${quote.id}`}>Cite</a>
      </p>
    </article>
  );
}
