// How often and where the words were carried, and which print was the first, as far as that is known.
import { publisherOf } from "../parts/articleLine";
import { Day } from "../parts/date";
import { Printed } from "../parts/printed";
import { Unknown } from "../parts/state";
import { count } from "../parts/words";
import type { StatementCounts } from "./documents";

export function Carried({ statement }: { statement: StatementCounts }) {
  const { quoteCount, articleCount, publisherCount, independentCount, firstQuote } = statement;
  const publisher = firstQuote?.article && publisherOf({ ...firstQuote.article, publisher: null })
    || firstQuote?.article?.publisher?.name;
  const printedAt = firstQuote?.article?.publishedAt ?? firstQuote?.reportedAt;
  const saidAt = printedAt ? null : firstQuote?.saidAt;
  return (
    <div class="carried">
      <h4>Carried</h4>
      <p>
        <strong>{count(quoteCount, "time")}</strong>, in {count(articleCount, "article")} by{" "}
        {count(publisherCount, "publisher")}
        {articleCount > 1 && independentCount !== null && (
          <>; at most {independentCount} of them independently of each other</>
        )}. <a href={`/statements/${statement.id}`}>Cite the statement</a>
      </p>
      {quoteCount > 1 && (
        <p class="quiet">
          {statement.firstQuotePrecision === "EXACT" && (
            <>First on record: {publisher ? <Printed>{publisher}</Printed> : <Unknown>publisher not known</Unknown>}
              {printedAt && <>, printed <Day date={printedAt} /></>}{saidAt && <>, words of <Day date={saidAt} /></>}.</>
          )}
          {statement.firstQuotePrecision === "TIE_WITHIN_PRECISION" && (
            <Unknown>
              Which was the first is not known: the dates of {statement.firstQuoteCandidateCount} prints overlap.
            </Unknown>
          )}
          {statement.firstQuotePrecision === "UNKNOWN" && (
            <Unknown>Which was the first nobody can tell: dates are missing.</Unknown>
          )}
        </p>
      )}
    </div>
  );
}
