// The verdict at a glance: sign, word, colour, a sentence, and what else was noticed.
import type { FindingKind, Verdict } from "./documents";
import { Symbol } from "./symbol";
import { FINDINGS, VERDICTS } from "./verdicts";

interface Props {
  verdict: Verdict;
  findings: readonly { kind: FindingKind }[];
  /** Whether a negation, a modal verb, a number or a name was changed. */
  meaningBearing: boolean;
  /** Whether others are said to have said the same. */
  disputed: boolean;
}

export function VerdictBanner({ verdict, findings, meaningBearing, disputed }: Props) {
  const { word, says, tone } = VERDICTS[verdict];
  const noticed = new Set(findings.map(({ kind }) => FINDINGS[kind]));
  if (disputed) noticed.add(FINDINGS.DISPUTED_ATTRIBUTION);
  return (
    <section class={`verdict ${tone}`} aria-labelledby="verdict">
      <Symbol verdict={verdict} />
      <div>
        <h2 id="verdict">{word}</h2>
        <p>{says}</p>
        {meaningBearing && <p><strong>The change bears on what the words mean.</strong></p>}
        {noticed.size > 0 && <ul>{[...noticed].map((words) => <li key={words}>{words}</li>)}</ul>}
      </div>
    </section>
  );
}

/** The verdict in a line. */
export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { word, tone } = VERDICTS[verdict];
  return <span class={`tag ${tone}`}><Symbol verdict={verdict} />{word}</span>;
}
