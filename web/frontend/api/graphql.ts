// `graphql("…")`: a document, typed from schema.graphql. Nothing of gql.tada is left in what is built:
// a document is its text, followed by the texts of its fragments.
import type { initGraphQLTada } from "gql.tada";
import type { introspection } from "./schema.generated";

interface Setup {
  introspection: introspection;
  // A component that shows a fragment takes what it has, not a mask of it.
  disableMasking: true;
  scalars: { ID: string; FuzzyDate: string };
}

const written = new WeakMap<object, Set<string>>();

/** The definitions that a document is made of: its own, and those of its fragments, each once. */
function definitions(document: object): Set<string> {
  return written.get(document) ?? new Set();
}

export const graphql = ((text: string, fragments: readonly object[] = []) => {
  const document = {};
  written.set(document, new Set([text, ...fragments.flatMap((one) => [...definitions(one)])]));
  return document;
}) as unknown as ReturnType<typeof initGraphQLTada<Setup>>;

/** The text of a document, as it is sent. */
export function text(document: object): string {
  return [...definitions(document)].map((one) => one.replace(/\s+/g, " ").trim()).join(" ");
}
