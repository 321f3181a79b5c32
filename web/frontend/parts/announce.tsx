// What happened, told to screen readers: one live region that stands from the beginning.
import { useEffect, useState } from "preact/hooks";

const SAID = "dixit:said";

/** Tells a screen reader, politely, once per change of the words; and names the page. */
export function useAnnouncement(words: string | undefined): void {
  useEffect(() => {
    if (words) dispatchEvent(new CustomEvent(SAID, { detail: words }));
  }, [words]);
}

/** Names the page, in the window and in the browser's history. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · dixit`;
  }, [title]);
}

export function Announcer() {
  const [words, setWords] = useState("");
  useEffect(() => {
    const hear = (event: Event) => setWords((event as CustomEvent<string>).detail);
    addEventListener(SAID, hear);
    return () => removeEventListener(SAID, hear);
  }, []);
  return <p role="status" class="unseen">{words}</p>;
}
