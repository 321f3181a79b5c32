// One quotation of a paragraph: its verdict, the difference, whose words they are.
import type { ResultOf } from "gql.tada";
import { ArticleLine } from "../parts/articleLine";
import { Byline } from "../parts/attribution";
import { Diff } from "../parts/diff";
import { count } from "../parts/words";
import { Link } from "../route/link";
import type { VerifyRoute } from "../route/route";
import type { VERIFY_EACH } from "./documents";
import type { Quotation } from "./quotations";
import { VerdictTag } from "./verdictBanner";
import { FINDINGS, VERDICTS } from "./verdicts";

interface Props {
  asked: Quotation;
  answer: NonNullable<ResultOf<typeof VERIFY_EACH>["verifyMany"]>[number];
  route: VerifyRoute;
}

export function Each({ asked, answer: { verdict, findings, matches }, route }: Props) {
  const [match] = matches;
  const quote = match?.quote;
  return (
    <article class="quote">
      <p><VerdictTag verdict={verdict} /> <span class="quiet">{VERDICTS[verdict].says}</span></p>
      {match && quote
        ? <Diff changes={match.diff} language={quote.language} />
        : <p class="words" dir="auto">{asked.text}</p>}
      {findings.length > 0 && <p class="quiet">{findings.map(({ kind }) => FINDINGS[kind]).join(" ")}</p>}
      {quote && (
        <p class="where">
          <Byline quote={quote} />
          {quote.article && <> · <ArticleLine article={quote.article} /></>}
          {match.statement && match.statement.articleCount > 1 && <> · {count(match.statement.articleCount, "article")}</>}
        </p>
      )}
      <p><Link to={{ ...route, text: asked.text }}>All about this quotation</Link></p>
    </article>
  );
}
