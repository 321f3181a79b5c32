// Statements over time as bars: by months where few years are looked at, else by years.
import { graphql } from "../api/graphql";
import { useAnswer } from "../api/useAnswer";
import { Axis } from "./axis";
import { percent, scale } from "./scale";
import { Failed, Unknown } from "./state";
import type { QuoteFilter } from "../search/filter";
import { Link } from "../route/link";
import type { Narrowed } from "../route/route";
import { count, number } from "./words";

const TIMELINE = graphql(`
  query Timeline($filter: QuoteFilter!, $by: TimelineUnit!) {
    quotes(filter: $filter, first: 1) {
      timeline(by: $by, count: STATEMENTS) {
        imprecise undated
        buckets { label count earliest latest }
      }
    }
  }
`);

/** Of more years, months would be too thin to be seen. */
const YEARS_BY_MONTH = 8;
const [HEIGHT, BARS] = [132, 108];

interface Props {
  filter: QuoteFilter;
  /** What a year of it is searched by. */
  narrowed: Narrowed;
}

export function StatementTimeline({ filter, narrowed }: Props) {
  const byYear = useAnswer(TIMELINE, { filter, by: "YEAR" });
  const years = byYear.data?.quotes.timeline;
  const short = years !== undefined && years.buckets.length <= YEARS_BY_MONTH;
  const byMonth = useAnswer(TIMELINE, short ? { filter, by: "MONTH" } : null);
  const failure = byYear.failure ?? byMonth.failure;
  if (failure) return <Failed why={failure} />;
  const shown = short ? byMonth.data?.quotes.timeline : years;
  const all = years?.buckets.reduce((sum, bucket) => sum + bucket.count, 0) ?? 0;
  if (years && all === 0) {
    return <p><Unknown>No statement has a date that is exact enough for a chart.</Unknown></p>;
  }
  const moments = shown?.buckets.flatMap(({ earliest, latest }) => [Date.parse(earliest), Date.parse(latest)]);
  const axis = scale(moments ?? []);
  const most = Math.max(1, ...(shown?.buckets.map((bucket) => bucket.count) ?? []));
  const unit = short ? "month" : "year";
  const label = `${count(all, "dated statement")}, by ${unit}; at most ${number(most)} in one`;
  return (
    <figure class="chart">
      <svg width="100%" height={HEIGHT} role="img" aria-label={label}>
        {axis && (
          <>
            <Axis scale={axis} top={BARS} height={HEIGHT} />
            <line class="base" x1="0" x2="100%" y1={BARS} y2={BARS} />
            {shown?.buckets.filter((bucket) => bucket.count > 0).map(({ label, count, earliest, latest }) => {
              const [from, to] = [axis.place(Date.parse(earliest)), axis.place(Date.parse(latest))];
              const height = Math.max(3, (count / most) * (BARS - 16));
              return (
                <rect
                  key={label} x={percent(from)} width={percent(Math.max(0.4, (to - from) * 0.86))}
                  y={BARS - height} height={height} rx={1.5}
                >
                  <title>{`${label}: ${number(count)}`}</title>
                </rect>
              );
            })}
            <text class="most" x="100%" y={12} text-anchor="end">most: {number(most)} a {unit}</text>
          </>
        )}
      </svg>
      {years && (
        <figcaption>
          {years.buckets.filter((bucket) => bucket.count > 0).map((bucket) => (
            <span key={bucket.label} class="year">
              <Link to={{ view: "search", search: "", narrowed: { ...narrowed, YEAR: bucket.label }, order: "NEWEST" }}>
                {bucket.label}
              </Link>{" "}
              <span class="quiet">{number(bucket.count)}</span>
            </span>
          ))}
          {years.undated > 0 && <Unknown>{number(years.undated)} without a date</Unknown>}
          {years.imprecise > 0 && <Unknown>{number(years.imprecise)} not dated to a year</Unknown>}
        </figcaption>
      )}
    </figure>
  );
}
