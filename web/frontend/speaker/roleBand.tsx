// Roles over time: a band for each, recorded ones full, sighted ones pale, with what each says in
// words beside it.
import { Axis } from "../parts/axis";
import { Printed } from "../parts/printed";
import { percent, scale, type Scale } from "../parts/scale";
import { span, type TenureShown } from "../parts/tenure";
import { count, plain } from "../parts/words";
import { Link } from "../route/link";

const AXIS = 26;
/** A day among years is to be seen too; in percent of the width. */
const THINNEST = 1.4;

/** Where a tenure lies: what is not known reaches to the chart's edge. */
function reach(tenure: TenureShown, scale: Scale): { from: number; to: number } {
  const { begin, end } = tenure;
  const from = begin.date ? scale.place(Date.parse(begin.date.earliest)) : 0;
  const to = end.date ? scale.place(Date.parse(end.date.latest)) : 100;
  return { from, to: Math.max(to, from + THINNEST) };
}

function Bar({ tenure, scale }: { tenure: TenureShown; scale: Scale }) {
  const { from, to } = reach(tenure, scale);
  const dated = tenure.begin.date !== null || tenure.end.date !== null;
  return (
    <svg width="100%" height={14} aria-hidden="true">
      <line class="track" x1="0" x2="100%" y1={7} y2={7} />
      {dated && (
        <rect
          class={tenure.origin === "SIGHTED" ? "sighted" : "recorded"}
          x={percent(from)} width={percent(to - from)} y={2} height={10} rx={3}
        />
      )}
    </svg>
  );
}

export function RoleBand({ tenures }: { tenures: readonly TenureShown[] }) {
  const moments = tenures.flatMap(({ begin, end }) =>
    [begin.date?.earliest, begin.date?.latest, end.date?.earliest, end.date?.latest].map((text) =>
      text === undefined ? NaN : Date.parse(text)
    ));
  const axis = scale(moments);
  return (
    <div class="band">
      <ul>
        {tenures.map((tenure) => (
          <li key={tenure.id}>
            <p>
              {tenure.role ? <Printed>{tenure.role.title}</Printed> : plain(tenure.function)}
              {tenure.organisation && (
                <>
                  {" · "}
                  <Link to={{ view: "organisation", id: tenure.organisation.id }}>
                    <Printed>{tenure.organisation.name}</Printed>
                  </Link>
                </>
              )}
            </p>
            {axis && <Bar tenure={tenure} scale={axis} />}
            <p class="quiet">
              {span(tenure)}
              {tenure.quoteCount > 0 && `, in ${count(tenure.quoteCount, "quote")}`}
              {tenure.status !== "CURRENT" && ` · ${plain(tenure.status)}`}
              {tenure.origin === "RECORDED" && tenure.source && <> · recorded by <Printed>{tenure.source}</Printed></>}
            </p>
          </li>
        ))}
      </ul>
      {axis && <svg width="100%" height={AXIS} aria-hidden="true"><Axis scale={axis} top={4} height={AXIS} /></svg>}
      <p class="legend"><span class="swatch recorded" /> recorded <span class="swatch sighted" /> only seen in print</p>
    </div>
  );
}
