// The verdict at a glance: sign, word, colour, a sentence, and what else was noticed.
import type { Verdict } from "./documents";
import type { Reading } from "./reading";
import { Symbol } from "./symbol";

interface Props {
  verdict: Verdict;
  reading: Reading;
  /** Whether a negation, a modal verb, a number or a name was changed. */
  meaningBearing: boolean;
}

export function VerdictBanner({ verdict, reading: { word, says, tone, noticed }, meaningBearing }: Props) {
  return (
    <section class={`verdict ${tone}`} aria-labelledby="verdict">
      <Symbol verdict={verdict} />
      <div>
        <h2 id="verdict">{word}</h2>
        <p>{says}</p>
        {meaningBearing && <p><strong>The change bears on what the words mean.</strong></p>}
        {noticed.length > 0 && <ul>{noticed.map((words) => <li key={words}>{words}</li>)}</ul>}
      </div>
    </section>
  );
}

/** The verdict in a line. */
export function VerdictTag({ verdict, reading: { word, tone } }: Pick<Props, "verdict" | "reading">) {
  return <span class={`tag ${tone}`}><Symbol verdict={verdict} />{word}</span>;
}
