// The token of a server that answers to some people alone. It is kept while the page stands and nowhere
// else, so that it does not outlive the page.

const GIVEN = "dixit:token";
let token: string | undefined;

/** What is sent with each question. */
export function authorization(): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** Takes a token, and has everything asked again that waits for one. */
export function give(given: string): void {
  token = given;
  dispatchEvent(new Event(GIVEN));
}

/** Calls back whenever a token is given; answers how to stop that. */
export function onGiven(call: () => void): () => void {
  addEventListener(GIVEN, call);
  return () => removeEventListener(GIVEN, call);
}
