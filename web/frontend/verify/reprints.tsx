// The other prints of the same statement.
import { ArticleLine } from "../parts/articleLine";
import { Byline } from "../parts/attribution";
import { count } from "../parts/words";
import type { Match } from "./documents";

export function Reprints({ matches }: { matches: readonly Match[] }) {
  return (
    <details class="reprints">
      <summary>{count(matches.length, "other print")}</summary>
      <ul>
        {matches.map(({ quote }) => quote && (
          <li key={quote.id}>
            {quote.article && <ArticleLine article={quote.article} />}
            {" "}<span class="quiet">as of <Byline quote={quote} /></span>
          </li>
        ))}
      </ul>
    </details>
  );
}
