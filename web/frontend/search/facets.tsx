// How much there is of each value; a value is a link to what is left of the list with it alone.
import { useState } from "preact/hooks";
import { useAnswer } from "../api/useAnswer";
import { Printed } from "../parts/printed";
import { number } from "../parts/words";
import { Link } from "../route/link";
import type { Dimension, SearchRoute } from "../route/route";
import { NAMES, wordsOf } from "./dimensions";
import { VALUES, type FacetShown } from "./documents";
import { listOf } from "./filter";

function One({ facet: short, route }: { facet: FacetShown; route: SearchRoute }) {
  const by: Dimension = short.by;
  const chosen = route.narrowed[by];
  const [open, setOpen] = useState(false);
  const { data, failure } = useAnswer(VALUES, open ? { ...listOf(route), by } : null);
  const facet = data?.quotes.facets[0] ?? short;
  const more = short.furtherValues;
  if (short.values.length === 0) return null;
  return (
    <section aria-labelledby={`facet-${by}`}>
      <h3 id={`facet-${by}`}>{NAMES[by]}</h3>
      <ul id={`values-${by}`}>
        {facet.values.map(({ value, label, count }) => (
          <li key={value}>
            {value === chosen
              ? <span class="chosen"><Printed>{wordsOf(by, label)}</Printed></span>
              : (
                <Link to={{ ...route, narrowed: { ...route.narrowed, [by]: value }, after: undefined }}>
                  <Printed>{wordsOf(by, label)}</Printed>
                </Link>
              )}
            <span class="count">{number(count)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p>
          <button
            type="button" class="plain" aria-expanded={open} aria-controls={`values-${by}`}
            onClick={() => setOpen(!open)}
          >
            {open ? "Fewer" : `${number(more)} more`}<span class="unseen"> of {NAMES[by]}</span>
          </button>
        </p>
      )}
      {open && failure && <p class="slip">{failure.message}</p>}
      {open && data && facet.furtherValues > 0 && (
        <p class="quiet">{number(facet.furtherValues)} rarer ones: narrow the list by something else first.</p>
      )}
      {facet.none > 0 && <p class="quiet">{number(facet.none)} without</p>}
    </section>
  );
}

/** As wide as `styles/layout.css` says, they stand beside the list; else folded, above it. */
const BESIDE = "(min-width: 46.01rem)";

export function Facets({ facets, route }: { facets: readonly FacetShown[]; route: SearchRoute }) {
  const [open] = useState(() => matchMedia(BESIDE).matches);
  if (facets.every(({ values }) => values.length === 0)) return null;
  return (
    <details open={open}>
      <summary>Narrow the list</summary>
      <div class="facets">{facets.map((facet) => <One key={facet.by} facet={facet} route={route} />)}</div>
    </details>
  );
}
