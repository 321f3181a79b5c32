// What the list is narrowed by; each can be taken back.
import { useAnswer } from "../api/useAnswer";
import { Link } from "../route/link";
import { Printed } from "../parts/printed";
import { Unknown } from "../parts/state";
import { DIMENSIONS, type Dimension, type SearchRoute } from "../route/route";
import { NAMES, wordsOf } from "./dimensions";
import { NAME, type FacetShown } from "./documents";

/** Whose values are ids, which tell people nothing. */
const NAMED: ReadonlySet<Dimension> = new Set<Dimension>(["SPEAKER", "ORGANISATION", "PUBLISHER"]);

/** The name behind an id that no facet of the list has. */
function Name({ id }: { id: string }) {
  const { data, failure, waiting } = useAnswer(NAME, { id });
  const node = data?.node;
  if (node && "name" in node) return <Printed>{node.name}</Printed>;
  if (waiting) return <>…</>;
  return <Unknown>{failure ? "its name was not answered" : "not on record"}</Unknown>;
}

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
              {NAMES[by]}: {label === undefined && NAMED.has(by)
                ? <Name id={value} />
                : <Printed>{wordsOf(by, label ?? value)}</Printed>}
              <span aria-hidden="true"> ×</span><span class="unseen">, take back</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
