// The first visit: what there is to try.
import { useAnswer } from "../api/useAnswer";
import { QuoteCard } from "../parts/quoteCard";
import { Failed } from "../parts/state";
import { Link } from "../route/link";
import { LATEST } from "./documents";

export function Latest() {
  const { data, failure } = useAnswer(LATEST, {});
  if (failure) return <Failed why={failure} />;
  if (!data) return null;
  if (data.quotes.nodes.length === 0) {
    return <div class="notice"><p>Nothing is on record yet: this database is empty.</p></div>;
  }
  return (
    <section aria-labelledby="latest" class="arrives">
      <h2 id="latest">Latest on record</h2>
      <ol class="quotes">
        {data.quotes.nodes.map((quote) => <li key={quote.id}><QuoteCard quote={quote} /></li>)}
      </ol>
      <p><Link to={{ view: "search", search: "", narrowed: {}, order: "NEWEST" }}>All quotes</Link></p>
    </section>
  );
}
