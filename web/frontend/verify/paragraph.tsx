// A paragraph with several quotations: each is verified, and painted where it stands.
import { useAnswer } from "../api/useAnswer";
import { useAnnouncement } from "../parts/announce";
import { Failed, Waiting } from "../parts/state";
import { count, number } from "../parts/words";
import { Link } from "../route/link";
import { address, type VerifyRoute } from "../route/route";
import { VERIFY_EACH } from "./documents";
import { Each } from "./each";
import { exceeds, type Quotation } from "./quotations";
import { reading } from "./reading";

interface Props {
  route: VerifyRoute;
  found: readonly Quotation[];
  /** How many quotation marks have no counterpart. */
  alone: number;
  /** How many characters may be compared at once, and how many quotations. */
  longest: number;
  most: number;
}

export function Paragraph({ route, found, alone, longest, most }: Props) {
  const { text, by, on, url } = route;
  const fits = found.filter((one) => !exceeds(one.text, longest));
  const looked = fits.slice(0, most);
  const inputs = looked.map((one) => ({ text: one.text, attributedTo: by || null, saidOn: on, articleUrl: url }));
  const { data, failure } = useAnswer(VERIFY_EACH, inputs.length > 0 ? { inputs } : null);
  const answers = inputs.length > 0 ? data?.verifyMany : [];
  const readings = answers?.map(reading);
  const good = readings?.filter((one) => one.good).length ?? 0;
  const reserved = readings?.filter((one) => one.reserved).length ?? 0;
  const told = `${good} of ${count(found.length, "quotation")} on record as given` +
    (reserved > 0 ? `, ${reserved} with a reservation` : "");
  useAnnouncement(readings && told, address(route));
  if (failure) return <Failed why={failure} />;
  if (!answers || !readings || answers.length !== looked.length) return <Waiting />;
  let end = 0;
  const painted = looked.flatMap((one, place) => {
    const before = text.slice(end, one.start);
    end = one.end;
    return [before, <mark key={place} class={readings[place]!.tone}>{one.text}<sup>{place + 1}</sup></mark>];
  });
  return (
    <section class="arrives" aria-labelledby="paragraph">
      <h2 id="paragraph">{told}</h2>
      <p class="words painted" dir="auto">{painted}{text.slice(end)}</p>
      <p class="quiet">Looked at is what stands between quotation marks, each quotation by itself; nothing else of the text is.</p>
      {alone > 0 && (
        <p class="notice warn">
          {count(alone, "quotation mark")} without a counterpart, or within words: what may be quoted there was not looked at.
        </p>
      )}
      {fits.length < found.length && (
        <p class="notice warn">
          {count(found.length - fits.length, "quotation")} longer than {number(longest)} characters: not looked at.
        </p>
      )}
      {fits.length > looked.length && (
        <p class="notice warn">Only the first {number(most)} quotations were looked at.</p>
      )}
      <ol class="each">
        {looked.map((one, place) => (
          <li key={one.start}><Each asked={one} answer={answers[place]!} reading={readings[place]!} route={route} /></li>
        ))}
      </ol>
      {!exceeds(text, longest) && <p><Link to={{ ...route, whole: true }}>Take the whole text for one quotation</Link></p>}
    </section>
  );
}
