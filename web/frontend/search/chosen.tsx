// What the list is narrowed by; each can be taken back.
import { Link } from "../route/link";
import { Printed } from "../parts/printed";
import { DIMENSIONS, type SearchRoute } from "../route/route";
import { NAMES, wordsOf } from "./dimensions";
import type { FacetShown } from "./documents";

export function Chosen({ route, facets }: { route: SearchRoute; facets: readonly FacetShown[] }) {
  const chosen = DIMENSIONS.filter((by) => route.narrowed[by] !== undefined);
  if (chosen.length === 0) return null;
  return (
    <ul class="chips" aria-label="Narrowed by">
      {chosen.map((by) => {
        const value = route.narrowed[by]!;
        const label = facets.find((facet) => facet.by === by)?.values.find((one) => one.value === value)?.label;
        const { [by]: _, ...narrowed } = route.narrowed;
        return (
          <li key={by}>
            <Link to={{ ...route, narrowed, after: undefined }}>
              {NAMES[by]}: <Printed>{wordsOf(by, label ?? value)}</Printed>
              <span aria-hidden="true"> ×</span><span class="unseen">, take back</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
