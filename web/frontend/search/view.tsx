// Searching: the form, what narrows, and a page of what is found.
import { useEffect, useRef } from "preact/hooks";
import { useAnswer } from "../api/useAnswer";
import { useAnnouncement, useTitle } from "../parts/announce";
import { Pages } from "../parts/pages";
import { QuoteCard } from "../parts/quoteCard";
import { Failed, Waiting } from "../parts/state";
import { count } from "../parts/words";
import { address, DIMENSIONS, type SearchRoute } from "../route/route";
import { Chosen } from "./chosen";
import { SEARCH, type Found } from "./documents";
import { Facets } from "./facets";
import { listOf } from "./filter";
import { SearchForm } from "./form";

const NOTICES: Record<Found["search"][number]["notices"][number], string> = {
  NO_WORDS: "There was no word in it, so that it restricts nothing.",
  CUT: "It was too long: its beginning was searched for.",
  TOO_MANY_TERMS: "It had too many words: the first ones were searched for.",
  SHORT_PREFIX: "A beginning of a word needs two characters before its star.",
};

function Notices({ found }: { found: Found }) {
  const notices = found.search.flatMap((reading) => reading.notices);
  return <>{notices.map((notice) => <p key={notice} class="notice">{NOTICES[notice]}</p>)}</>;
}

export function SearchView({ route }: { route: SearchRoute }) {
  const words = route.search.trim();
  const { data, failure, waiting } = useAnswer(SEARCH, {
    ...listOf(route),
    orderBy: words === "" && route.order === "RELEVANCE" ? "NEWEST" : route.order,
    after: route.after,
    by: [...DIMENSIONS],
  }, true);
  const found = data?.quotes;
  const told = found && (found.totalCount === 0 ? "Nothing found" : `${count(found.totalCount, "quote")} found`);
  useTitle(words === "" ? "Search" : `Search for ${words}`);
  useAnnouncement(waiting ? undefined : told, address(route));
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // The link that was followed may be gone: reading goes on where its answer is.
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [JSON.stringify(route.narrowed), route.after]);
  const { endCursor, hasNextPage } = found?.pageInfo ?? { endCursor: null, hasNextPage: false };
  return (
    <>
      <h1>Search what was said</h1>
      <SearchForm route={route} />
      {failure && <Failed why={failure} />}
      {!found && !failure && <Waiting />}
      {found && (
        <div class="found arrives" aria-busy={waiting}>
          <aside aria-label="Narrow the list"><Facets facets={found.facets} route={route} /></aside>
          <div class="results">
            <h2 ref={heading} tabIndex={-1}>{waiting ? "Looking it up …" : told}</h2>
            <Notices found={found} />
            <Chosen route={route} facets={found.facets} />
            {found.totalCount === 0 && (
              <p>No quote on record here meets all of this. It speaks of this record, not of the world.</p>
            )}
            <ol class="quotes">
              {found.edges.map(({ node, highlights }) => (
                <li key={node.id}><QuoteCard quote={node} highlights={highlights} /></li>
              ))}
            </ol>
            <Pages
              next={hasNextPage && endCursor ? { ...route, after: endCursor } : null}
              start={route.after ? { ...route, after: undefined } : null}
            />
          </div>
        </div>
      )}
    </>
  );
}
