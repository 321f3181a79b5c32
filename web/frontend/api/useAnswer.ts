// A question that a view asks, and how its answer stands.
import type { TadaDocumentNode } from "gql.tada";
import { useEffect, useState } from "preact/hooks";
import { onAgain } from "./again";
import { ask, Failure, key, known } from "./ask";

export interface Asked<R> {
  /** The answer to this question; where `keep` says so and it is waited for, the one before. */
  data?: R;
  /** Why there is none. */
  failure?: Failure;
  waiting: boolean;
}

interface Had<R> {
  of: string | null;
  data?: R;
  failure?: Failure;
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Asks whenever document or variables change; `null` asks nothing. `keep` leaves the answer before in its
 * place until the new one is there: never for a verdict, which would stand under another text.
 */
export function useAnswer<R, V>(document: TadaDocumentNode<R, V>, variables: V | null, keep = false): Asked<R> {
  const wanted = variables === null ? null : key(document, variables);
  const [had, setHad] = useState<Had<R>>({ of: null });
  const [round, setRound] = useState(0);
  useEffect(() => onAgain(() => {
    setHad((before) => (before.failure ? { of: null } : before));
    setRound((before) => before + 1);
  }), []);
  useEffect(() => {
    if (variables === null || wanted === null || known(document, variables)) return;
    const control = new AbortController();
    let left = false;
    const late = new Failure(`The server has not answered for ${PATIENCE / 1000} s.`);
    const timer = setTimeout(() => control.abort(late), PATIENCE);
    const answered = (had: Had<R>) => {
      clearTimeout(timer);
      if (!left) setHad(had);
    };
    ask(document, variables, control.signal).then(
      (data) => answered({ of: wanted, data }),
      (error: unknown) => {
        const failure = error instanceof Failure ? error : new Failure("This page made a mistake.");
        if (failure !== error && !left) console.error(error);
        answered({ of: wanted, failure });
      },
    );
    return () => {
      left = true;
      clearTimeout(timer);
      control.abort();
    };
  }, [wanted, round]);
  if (variables === null) return { waiting: false };
  const data = known(document, variables);
  if (data) return { data, waiting: false };
  if (had.of === wanted) return { data: had.data, failure: had.failure, waiting: false };
  return { data: keep ? had.data : undefined, waiting: true };
}
