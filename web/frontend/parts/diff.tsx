// How the stored words became the text that was asked for, word by word. What was added and dropped
// differs by sign, line and colour, and a screen reader is told in words.
import { lang } from "./words";

interface Change {
  op: "EQUAL" | "INSERT" | "DELETE";
  text: string;
}

export function Diff({ changes, language }: { changes: readonly Change[]; language?: string | null }) {
  return (
    <p class="words diff" dir="auto" lang={lang(language)}>
      {changes.map(({ op, text }, place) => {
        switch (op) {
          case "EQUAL":
            return <span key={place}>{text}</span>;
          case "INSERT":
            return <ins key={place}><span class="unseen"> added: </span>{text}<span class="unseen"> end of addition </span></ins>;
          case "DELETE":
            return <del key={place}><span class="unseen"> dropped: </span>{text}<span class="unseen"> end of drop </span></del>;
        }
      })}
    </p>
  );
}

export function DiffLegend() {
  return (
    <p class="legend">
      <del>Struck through</del>: on record, not in your text. <ins>Underlined</ins>: in your text, not on record.
    </p>
  );
}
