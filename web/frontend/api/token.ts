// The token of a server that answers to some people alone. It is kept while the page stands and nowhere
// else, so that it does not outlive the page.
import { askAgain } from "./again";

let token: string | undefined;

/** What is sent with each question. */
export function authorization(): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** Takes a token, and has everything asked again that waits for one. */
export function give(given: string): void {
  token = given;
  askAgain();
}
