// One quotation of a paragraph: its verdict, the difference, whose words they are.
import type { ResultOf } from "gql.tada";
import { ArticleLine } from "../parts/articleLine";
import { Byline } from "../parts/attribution";
import { Diff } from "../parts/diff";
import { Printed } from "../parts/printed";
import { count } from "../parts/words";
import { Link } from "../route/link";
import type { VerifyRoute } from "../route/route";
import type { VERIFY_EACH } from "./documents";
import { isLong, type Quotation } from "./quotations";
import type { Reading } from "./reading";
import { VerdictTag } from "./verdictBanner";

interface Props {
  asked: Quotation;
  answer: NonNullable<ResultOf<typeof VERIFY_EACH>["verifyMany"]>[number];
  reading: Reading;
  route: VerifyRoute;
}

export function Each({ asked, answer: { verdict, matches }, reading, route }: Props) {
  const [match] = matches;
  const quote = match?.quote;
  return (
    <article class="quote">
      <p><VerdictTag verdict={verdict} reading={reading} /> <span class="quiet">{reading.says}</span></p>
      {match && quote
        ? <Diff changes={match.diff} language={quote.language} />
        : <p class="words" dir="auto">{asked.text}</p>}
      {reading.noticed.length > 0 && <p class={reading.reserved ? "slip" : "quiet"}>{reading.noticed.join(" ")}</p>}
      {!isLong(asked) && (
        <p class="quiet">So few words may be anybody’s, or only what something is called: they are found as a whole quote alone.</p>
      )}
      {quote && (
        <p class="where">
          <Byline quote={quote} />
          {quote.via && <> · passed on by <Printed>{quote.via}</Printed></>}
          {quote.capacity === "CONFLICT" && <> · <span class="conflict">the record of offices contradicts the role</span></>}
          {quote.article && <> · <ArticleLine article={quote.article} /></>}
          {match.statement && match.statement.articleCount > 1 && <> · {count(match.statement.articleCount, "article")}</>}
        </p>
      )}
      <p><Link to={{ ...route, text: asked.text, whole: true }}>All about this quotation</Link></p>
    </article>
  );
}
