// The stored words where they stand in their article, with the stretch that was compared marked.
import type { QuoteShown } from "../parts/source";
import { Unknown } from "../parts/state";
import { lang } from "../parts/words";

interface Props {
  quote: Pick<QuoteShown, "text" | "language" | "contextBefore" | "contextAfter">;
  /** The stretch of its text that was compared. */
  stored: string;
}

export function Passage({ quote, stored }: Props) {
  const { text, language, contextBefore, contextAfter } = quote;
  const start = stored === "" ? -1 : text.indexOf(stored);
  const around = start < 0 ? [text, "", ""] : [
    text.slice(0, start),
    stored,
    text.slice(start + stored.length),
  ];
  return (
    <figure class="passage">
      <blockquote class="words" dir="auto" lang={lang(language)}>
        {contextBefore && <span class="context">{contextBefore}</span>}
        <span class="own">{around[0]}{around[1] && <mark>{around[1]}</mark>}{around[2]}</span>
        {contextAfter && <span class="context">{contextAfter}</span>}
      </blockquote>
      {!contextBefore && !contextAfter && (
        <figcaption><Unknown>What stood around the words is not kept.</Unknown></figcaption>
      )}
    </figure>
  );
}
