// What the pages of speakers and organisations end with: how much was said when, and the words.
import type { QuoteFilter } from "../search/filter";
import type { Narrowed, ThingRoute } from "../route/route";
import { QuoteList, type QuotesShown } from "./quoteList";
import { StatementTimeline } from "./timeline";

interface Props {
  filter: QuoteFilter;
  /** The same, as a search is narrowed by it. */
  narrowed: Narrowed;
  quotes: QuotesShown;
  route: ThingRoute<"speaker" | "organisation">;
}

export function Spoken({ filter, narrowed, quotes, route }: Props) {
  return (
    <>
      <section aria-labelledby="timeline">
        <h2 id="timeline">Statements over time</h2>
        <StatementTimeline filter={filter} narrowed={narrowed} />
      </section>
      <section aria-labelledby="quotes">
        <h2 id="quotes">Quotes, newest first</h2>
        <QuoteList quotes={quotes} after={route.after} page={(after) => ({ ...route, after })} />
      </section>
    </>
  );
}
