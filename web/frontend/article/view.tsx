// An article: what it is, its text as far as it is kept with the quotes painted over it, and the quotes.
import { useAnswer } from "../api/useAnswer";
import { useThing } from "../parts/announce";
import { publisherOf } from "../parts/articleLine";
import { Day } from "../parts/date";
import { Fact, Facts } from "../parts/facts";
import { Pages } from "../parts/pages";
import { Outside, Printed } from "../parts/printed";
import { QuoteCard } from "../parts/quoteCard";
import { Failed, Nothing, Unknown, Waiting } from "../parts/state";
import { count, language } from "../parts/words";
import { Link } from "../route/link";
import type { ThingRoute } from "../route/route";
import { ARTICLE_PAGE } from "./documents";
import { Painted } from "./painted";

export function ArticleView({ route }: { route: ThingRoute<"article"> }) {
  const asked = useAnswer(ARTICLE_PAGE, { id: route.id, after: route.after }, true);
  const { data, failure } = asked;
  const article = data?.article;
  const title = article?.title ?? article?.url ?? "An article without a title";
  useThing("article", article ? title : undefined, asked);
  if (failure) return <Failed why={failure} />;
  if (!data) return <Waiting />;
  if (!article) return <Nothing what="article" />;
  const { nodes, totalCount, pageInfo } = article.quotes;
  const publisher = publisherOf(article);
  return (
    <div class="arrives">
      <p class="kicker">Article</p>
      <h1><Printed>{title}</Printed></h1>
      <Facts>
        <Fact name="Publisher">
          {article.publisher
            ? <Link to={{ view: "organisation", id: article.publisher.id }}><Printed>{publisher}</Printed></Link>
            : publisher ? <Printed>{publisher}</Printed> : <Unknown>not told</Unknown>}
        </Fact>
        <Fact name="Published">
          {article.publishedAt ? <Day date={article.publishedAt} exactness /> : <Unknown>when is not known</Unknown>}
        </Fact>
        {article.authors.length > 0 && (
          <Fact name="By">
            {article.authors.map((author, place) => (
              <span key={place}>{place > 0 && ", "}<Printed>{author}</Printed></span>
            ))}
          </Fact>
        )}
        {article.language && <Fact name="Language">{language(article.language)}</Fact>}
        <Fact name="Original">
          {article.url ? <Outside address={article.url}>{article.url}</Outside> : <Unknown>no address is known</Unknown>}
          {article.archiveUrl && <> · <Outside address={article.archiveUrl}>archived</Outside></>}
        </Fact>
        <Fact name="Licence">
          {article.licence ? <Printed>{article.licence}</Printed> : <Unknown>not told</Unknown>}
        </Fact>
      </Facts>
      <section aria-labelledby="text">
        <h2 id="text">The text, as far as it is kept</h2>
        <p class="quiet">
          dixit keeps quotes and what stands around each, not articles. Where a line begins with “…”, what stands
          before it is not kept.
        </p>
        <Painted quotes={nodes} language={article.language} />
      </section>
      <section aria-labelledby="quotes">
        <h2 id="quotes">{count(totalCount, "quote")}, in reading order</h2>
        <ol class="quotes">
          {nodes.map((quote, place) => (
            <li key={quote.id} id={`quote-${place + 1}`} tabIndex={-1}>
              <span class="place" aria-hidden="true">{place + 1}</span>
              <QuoteCard quote={quote} article={false} />
            </li>
          ))}
        </ol>
        <Pages
          next={pageInfo.hasNextPage && pageInfo.endCursor ? { ...route, after: pageInfo.endCursor } : null}
          start={route.after ? { ...route, after: undefined } : null}
        />
      </section>
    </div>
  );
}
