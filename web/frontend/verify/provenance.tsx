// Who said it, as what, where and when: as printed, as understood, and what is not known.
import { ArticleLine } from "../parts/articleLine";
import { OrganisationName, SpeakerName } from "../parts/attribution";
import { Day, Moment } from "../parts/date";
import { Fact, Facts } from "../parts/facts";
import { Printed } from "../parts/printed";
import type { QuoteShown } from "../parts/source";
import { Unknown } from "../parts/state";
import { count, plain } from "../parts/words";

const CAPACITY: Record<QuoteShown["capacity"], string | null> = {
  HELD: "on record as holding it at that date",
  SIGHTED: "known from this print alone",
  CONFLICT: "the record of offices contradicts this",
  AMBIGUOUS: "the record of offices does not decide",
  UNKNOWN: null,
};

export function Provenance({ quote }: { quote: QuoteShown }) {
  const { printed, role, saidAt, reportedAt, article, furtherSpeakers, via, medium } = quote;
  const capacity = printed.role ? CAPACITY[quote.capacity] : null;
  return (
    <Facts>
      <Fact name="Speaker">
        <SpeakerName quote={quote} />
      </Fact>
      {furtherSpeakers.map(({ name, mode, probability }, place) => (
        <Fact key={place} name={mode === "JOINT" ? "Together with" : "Or said by"}>
          {name ? <Printed>{name}</Printed> : <Unknown>nobody named</Unknown>}
          {probability !== null && <span class="quiet"> (probability {Math.round(probability * 100)} %)</span>}
        </Fact>
      ))}
      <Fact name="Role at the time">
        {printed.role ? <Printed>{printed.role}</Printed> : <Unknown>not given apart</Unknown>}
        {role && role.function !== "UNKNOWN" && (
          <span class="quiet">
            {" "}({role.status === "CURRENT" ? "" : `${plain(role.status)} `}{plain(role.function)})
          </span>
        )}
        {capacity && (
          <span class={quote.capacity === "CONFLICT" ? "conflict" : "quiet"}> · {capacity}</span>
        )}
      </Fact>
      <Fact name="Organisation"><OrganisationName quote={quote} /></Fact>
      {printed.attribution && <Fact name="Attribution as printed"><Printed>{printed.attribution}</Printed></Fact>}
      <Fact name="Said">
        {saidAt ? <Day date={saidAt} exactness /> : <Unknown>when is not told</Unknown>}
        {medium && <span class="quiet"> · {plain(medium)}</span>}
      </Fact>
      {reportedAt && <Fact name="First in print"><Day date={reportedAt} exactness /></Fact>}
      <Fact name="Article">
        {article ? <ArticleLine article={article} /> : <Unknown>not on record</Unknown>}
      </Fact>
      {via && <Fact name="Passed on by"><Printed>{via}</Printed> <span class="quiet">(second hand)</span></Fact>}
      {quote.vanished && (
        <Fact name="Not found again">
          <strong>
            The program that had found this quote read its article again on <Moment at={quote.vanished.at} /> and did not
            find it any more.
          </strong>
        </Fact>
      )}
      {quote.contradictingReadings > 0 && (
        <Fact name="Readings">
          {count(quote.contradictingReadings, "other reading")} of the same place in the article contradict
          {quote.contradictingReadings === 1 && "s"} this one.
        </Fact>
      )}
      <Fact name="Cite"><a href={`/quotes/${quote.id}`}>This quote, with its citation</a></Fact>
    </Facts>
  );
}
