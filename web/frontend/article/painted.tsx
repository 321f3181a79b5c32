// An article's text as far as it is kept, with its quotes painted over it; a number leads from each to
// whose words they are.
import { lang } from "../parts/words";
import { passages, type Kept } from "./passages";

export function Painted({ quotes, language }: { quotes: readonly Kept[]; language: string | null }) {
  const numbers = new Map(quotes.map((quote, place) => [quote.id, place + 1]));
  return (
    <div class="painted">
      {passages(quotes).map(({ stretches, cut }, place) => (
        <p key={place} class={cut ? "words cut" : "words"} dir="auto" lang={lang(language)}>
          {stretches.map(({ text, quote }, at) => quote
            ? (
              <mark key={at}>
                {text}
                <a class="number" href={`#quote-${numbers.get(quote)}`} aria-label={`whose words: quote ${numbers.get(quote)}`}>
                  {numbers.get(quote)}
                </a>
              </mark>
            )
            : <span key={at}>{text}</span>)}
        </p>
      ))}
    </div>
  );
}
