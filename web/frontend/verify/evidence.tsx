// One statement that a verdict rests on: its words, the difference, whose they are, who carries them.
import { Diff, DiffLegend } from "../parts/diff";
import type { Match, Verdict } from "./documents";
import { Carried } from "./carried";
import { Contradictions } from "./contradictions";
import { Passage } from "./passage";
import { Provenance } from "./provenance";
import { letters } from "./quotations";
import { Reprints } from "./reprints";

interface Props {
  /** Of one statement, the best first. */
  matches: readonly Match[];
  verdict: Verdict;
  /** What was asked for. */
  text: string;
  /** What came nearest, and is no source. */
  nearest?: boolean;
}

export function Evidence({ matches, verdict, text, nearest = false }: Props) {
  const [best, ...others] = matches;
  if (!best?.quote) return null;
  const { quote, statement, diff, score, stored, part } = best;
  const compared = letters(part) === letters(text) ? null : part;
  const differs = diff.some(({ op }) => op !== "EQUAL");
  return (
    <section class="evidence" aria-label={nearest ? "What came nearest" : "On record"}>
      <h3>{nearest ? "What came nearest, and is no source of these words" : "On record"}</h3>
      <Passage quote={quote} stored={stored} />
      {differs && (
        <>
          <h4>The difference</h4>
          <Diff changes={diff} language={quote.language} />
          <DiffLegend />
        </>
      )}
      {verdict !== "VERBATIM" && (
        <p class="quiet">
          {Math.floor(score * 100)} % of {compared === null ? "your text" : <>“<bdi>{compared}</bdi>”</>} is this quote’s.
        </p>
      )}
      {compared !== null && verdict === "VERBATIM" && (
        <p class="quiet">Of your text, “<bdi>{compared}</bdi>” was compared with it.</p>
      )}
      <Provenance quote={quote} />
      {statement && <Carried statement={statement} />}
      {others.length > 0 && <Reprints matches={others} />}
      {statement && statement.contradictions.length > 0 && <Contradictions of={statement} />}
    </section>
  );
}
