// How much there is of each value; a value is a link to what is left of the list with it alone.
import { Printed } from "../parts/printed";
import { number } from "../parts/words";
import { Link } from "../route/link";
import type { Dimension, SearchRoute } from "../route/route";
import { NAMES, wordsOf } from "./dimensions";
import type { FacetShown } from "./documents";

function One({ facet, route }: { facet: FacetShown; route: SearchRoute }) {
  const by: Dimension = facet.by;
  const chosen = route.narrowed[by];
  const known = facet.values.length > 0;
  if (!known) return null;
  return (
    <section aria-labelledby={`facet-${by}`}>
      <h3 id={`facet-${by}`}>{NAMES[by]}</h3>
      <ul>
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
      {(facet.furtherValues > 0 || facet.none > 0) && (
        <p class="quiet">
          {facet.furtherValues > 0 && <>{number(facet.furtherValues)} more</>}
          {facet.furtherValues > 0 && facet.none > 0 && " · "}
          {facet.none > 0 && <>{number(facet.none)} without</>}
        </p>
      )}
    </section>
  );
}

export function Facets({ facets, route }: { facets: readonly FacetShown[]; route: SearchRoute }) {
  return (
    <div class="facets">{facets.map((facet) => <One key={facet.by} facet={facet} route={route} />)}</div>
  );
}
