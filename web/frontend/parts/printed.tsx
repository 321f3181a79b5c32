// What an article printed, kept apart from our own words: in whichever direction it is written.
import { lang } from "./words";

/** A name or a few words within a line. */
export function Printed({ children }: { children: string | null | undefined }) {
  return <bdi>{children}</bdi>;
}

/** Printed words as a paragraph of their own. */
export function PrintedBlock({ text, language }: { text: string; language?: string | null }) {
  return <p dir="auto" lang={lang(language)} class="printed">{text}</p>;
}

/** A link out of dixit, where the address is one of the web; else the words alone. */
export function Outside({ address, children }: { address: string | null; children: string }) {
  const web = address !== null && /^https?:\/\//i.test(address);
  if (!web) return <Printed>{children}</Printed>;
  return <a href={address} rel="noreferrer noopener" class="outside"><Printed>{children}</Printed></a>;
}

/** An item of Wikidata, by its id. */
export function WikidataItem({ id }: { id: string }) {
  return <Outside address={`https://www.wikidata.org/wiki/${encodeURIComponent(id)}`}>{id}</Outside>;
}
