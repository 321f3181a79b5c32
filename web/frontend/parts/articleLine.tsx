// An article in one line: its title, who printed it, when.
import { Link } from "../route/link";
import { Day } from "./date";
import { Outside, Printed } from "./printed";
import type { ArticleShown } from "./source";

/** Who printed an article, as far as it tells. */
export function publisherOf(article: Pick<ArticleShown, "publisher" | "printedPublisher" | "site">): string | null {
  return article.publisher?.name ?? article.printedPublisher ?? article.site;
}

export function ArticleLine({ article, dated = true }: { article: ArticleShown; dated?: boolean }) {
  const publisher = publisherOf(article);
  return (
    <>
      <Link to={{ view: "article", id: article.id }}>
        <Printed>{article.title ?? article.url ?? "an article without a title"}</Printed>
      </Link>
      {publisher && <>, <Printed>{publisher}</Printed></>}
      {dated && article.publishedAt && <>, <Day date={article.publishedAt} /></>}
      {article.url && <> <Outside address={article.url}>original</Outside></>}
    </>
  );
}
