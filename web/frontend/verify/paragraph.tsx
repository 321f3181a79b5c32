// A paragraph with several quotations: each is verified, and painted where it stands.
import { useAnswer } from "../api/useAnswer";
import { useAnnouncement } from "../parts/announce";
import { Failed, Waiting } from "../parts/state";
import { count } from "../parts/words";
import { Link } from "../route/link";
import type { VerifyRoute } from "../route/route";
import { VERIFY_EACH } from "./documents";
import { Each } from "./each";
import type { Quotation } from "./quotations";
import { VERDICTS } from "./verdicts";

/** The server takes as many at once (`verifyInputs`). */
const MOST = 50;

export function Paragraph({ route, found }: { route: VerifyRoute; found: readonly Quotation[] }) {
  const { text, by, on, url } = route;
  const looked = found.slice(0, MOST);
  const inputs = looked.map((one) => ({ text: one.text, attributedTo: by || null, saidOn: on, articleUrl: url }));
  const { data, failure, waiting } = useAnswer(VERIFY_EACH, { inputs });
  const answers = data?.verifyMany;
  const good = answers?.filter(({ verdict }) => VERDICTS[verdict].tone === "good").length ?? 0;
  const told = `${good} of ${count(looked.length, "quotation")} on record as given`;
  useAnnouncement(waiting || !answers ? undefined : told);
  if (failure) return <Failed why={failure} />;
  if (!answers || answers.length !== looked.length) return <Waiting />;
  let end = 0;
  const painted = looked.flatMap((one, place) => {
    const before = text.slice(end, one.start);
    const tone = VERDICTS[answers[place]!.verdict].tone;
    end = one.end;
    return [before, <mark key={place} class={tone}>{one.text}<sup>{place + 1}</sup></mark>];
  });
  return (
    <section class="arrives" aria-labelledby="paragraph" aria-busy={waiting}>
      <h2 id="paragraph">{told}</h2>
      <p class="words painted" dir="auto">{painted}{text.slice(end)}</p>
      {found.length > MOST && <p class="notice">Only the first {MOST} quotations were looked at.</p>}
      <ol class="each">
        {looked.map((one, place) => <li key={one.start}><Each asked={one} answer={answers[place]!} route={route} /></li>)}
      </ol>
      <p><Link to={{ ...route, whole: true }}>Take the whole text for one quotation</Link></p>
    </section>
  );
}
