// The answer to one verification: verdict, what it rests on, and what was searched.
import { useAnswer } from "../api/useAnswer";
import { useAnnouncement } from "../parts/announce";
import { Failed, Waiting } from "../parts/state";
import { count } from "../parts/words";
import { Link } from "../route/link";
import { address, type VerifyRoute } from "../route/route";
import { Certificate } from "./certificate";
import { VERIFY, type Match } from "./documents";
import { Evidence } from "./evidence";
import { letters, type Quotation } from "./quotations";
import { reading } from "./reading";
import { VerdictBanner } from "./verdictBanner";

/** The matches of each statement together, in the order of their first one. */
function byStatement(matches: readonly Match[]): Match[][] {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const id = match.statement?.id ?? match.quote?.id ?? "";
    groups.set(id, [...(groups.get(id) ?? []), match]);
  }
  return [...groups.values()];
}

export function Result({ route, found }: { route: VerifyRoute; found: readonly Quotation[] }) {
  const { text, by, on, url } = route;
  const { data, failure } = useAnswer(VERIFY, { text, by: by || null, on, url });
  const answer = data?.verify;
  const read = answer && reading(answer);
  const told = read ? [`Verdict: ${read.word}.`, read.says, ...(read.good ? [] : read.noticed)].join(" ") : undefined;
  useAnnouncement(told, address(route));
  if (failure) return <Failed why={failure} />;
  if (!answer || !read) return <Waiting />;
  const { verdict, matches, nearest, certificate } = answer;
  const missing = verdict === "NOT_FOUND";
  return (
    <div class="arrives">
      <VerdictBanner verdict={verdict} reading={read} meaningBearing={matches.some((match) => match.meaningBearing)} />
      {found.length > 1 && <Whole route={route} found={found} parts={matches.map(({ part }) => part)} />}
      {missing && <Certificate certificate={certificate} open />}
      {byStatement(matches).map((group) => (
        <Evidence key={group[0]?.quote?.id} matches={group} verdict={verdict} text={text} />
      ))}
      {nearest && <Evidence matches={[nearest]} verdict={verdict} text={text} nearest />}
      {!missing && <Certificate certificate={certificate} open={false} />}
    </div>
  );
}

/** Of a text with several quotations that was looked at as a whole: what of it is behind no quote below. */
function Whole({ route, found, parts }: { route: VerifyRoute; found: readonly Quotation[]; parts: readonly string[] }) {
  const covered = parts.map(letters);
  const left = found.filter(({ text }) => !covered.some((part) => part.includes(letters(text))));
  return (
    <div class="notice">
      <p>
        The text was looked at as a whole; it has {count(found.length, "quotation")} in marks.
        {left.length > 0 && left.length < found.length && (
          <> These {count(left.length, "quotation")} had no part in the verdict, or are on no record:{" "}
            {left.map(({ text, start }, place) => <span key={start}>{place > 0 && ", "}“<bdi>{text}</bdi>”</span>)}.</>
        )}
      </p>
      <p><Link to={{ ...route, whole: false }}>Look at each quotation by itself</Link></p>
    </div>
  );
}
