// The answer to one verification: verdict, what it rests on, and what was searched.
import { useAnswer } from "../api/useAnswer";
import { useAnnouncement } from "../parts/announce";
import { Failed, Waiting } from "../parts/state";
import type { VerifyRoute } from "../route/route";
import { Certificate } from "./certificate";
import { VERIFY, type Match } from "./documents";
import { Evidence } from "./evidence";
import { VerdictBanner } from "./verdictBanner";
import { VERDICTS } from "./verdicts";

/** The matches of each statement together, in the order of their first one. */
function byStatement(matches: readonly Match[]): Match[][] {
  const groups = new Map<string, Match[]>();
  for (const match of matches) {
    const id = match.statement?.id ?? match.quote?.id ?? "";
    groups.set(id, [...(groups.get(id) ?? []), match]);
  }
  return [...groups.values()];
}

export function Result({ route }: { route: VerifyRoute }) {
  const { text, by, on, url } = route;
  const { data, failure, waiting } = useAnswer(VERIFY, { text, by: by || null, on, url });
  const answer = data?.verify;
  const words = answer && VERDICTS[answer.verdict];
  useAnnouncement(waiting || !words ? undefined : `Verdict: ${words.word}. ${words.says}`);
  if (failure) return <Failed why={failure} />;
  if (!answer) return <Waiting />;
  const { verdict, findings, matches, nearest, certificate } = answer;
  const missing = verdict === "NOT_FOUND";
  return (
    <div class="arrives" aria-busy={waiting}>
      <VerdictBanner
        verdict={verdict} findings={findings}
        meaningBearing={matches.some((match) => match.meaningBearing)}
        disputed={matches.some(({ statement }) => statement !== null && statement.contradictions.length > 0)}
      />
      {missing && <Certificate certificate={certificate} open />}
      {byStatement(matches).map((group) => <Evidence key={group[0]?.quote?.id} matches={group} verdict={verdict} />)}
      {nearest && <Evidence matches={[nearest]} verdict={verdict} nearest />}
      {!missing && <Certificate certificate={certificate} open={false} />}
    </div>
  );
}
