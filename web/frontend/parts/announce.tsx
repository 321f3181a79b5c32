// What happened, told to screen readers: one live region that stands from the beginning.
import { useEffect, useState } from "preact/hooks";
import type { Asked } from "../api/useAnswer";
import { sentence } from "./words";

const SAID = "dixit:said";

/**
 * Tells a screen reader, politely, once per change of the words, and of what they are told: the second
 * verdict is told although it is the same as the first.
 */
export function useAnnouncement(words: string | undefined, of = ""): void {
  useEffect(() => {
    if (words) dispatchEvent(new CustomEvent(SAID, { detail: words }));
  }, [words, of]);
}

/** Names the page, in the window and in the browser's history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · dixit`;
  }, [title]);
}

/** Names the page of a thing, such as a speaker, and tells of it, whether there is one or not. */
export function useThing(what: string, name: string | undefined, { data, failure }: Asked<unknown>): void {
  const missing = data && !failure && name === undefined;
  useTitle(name ?? (failure ? "No answer" : missing ? `No such ${what}` : sentence(what)));
  useAnnouncement(missing ? `There is no such ${what} on record` : name && `${sentence(what)}: ${name}`);
}

/** What tells the same words apart, so that the live region changes and is read again. */
const AGAIN = "\u00a0";

export function Announcer() {
  const [words, setWords] = useState("");
  useEffect(() => {
    const hear = (event: Event) => {
      const { detail } = event as CustomEvent<string>;
      setWords((before) => (before === detail ? detail + AGAIN : detail));
    };
    addEventListener(SAID, hear);
    return () => removeEventListener(SAID, hear);
  }, []);
  return <p role="status" class="unseen">{words}</p>;
}
