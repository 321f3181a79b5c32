// Asking again what was not answered: after a failure, with a token, by the same question once more.

const AGAIN = "dixit:again";

/** Has everything asked again that failed. */
export function askAgain(): void {
  dispatchEvent(new Event(AGAIN));
}

/** Calls back whenever something is to be asked again; answers how to stop that. */
export function onAgain(call: () => void): () => void {
  addEventListener(AGAIN, call);
  return () => removeEventListener(AGAIN, call);
}
