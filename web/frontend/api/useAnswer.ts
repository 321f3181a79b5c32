// A question that a view asks, and how its answer stands.
import type { TadaDocumentNode } from "gql.tada";
import { useEffect, useState } from "preact/hooks";
import { ask, Failure, key, known } from "./ask";
import { onGiven } from "./token";

export interface Asked<R> {
  /** The answer; while another one is waited for, the one before. */
  data?: R;
  /** Why there is none. */
  failure?: Failure;
  waiting: boolean;
}

/** Asks whenever document or variables change; `null` asks nothing. */
export function useAnswer<R, V>(document: TadaDocumentNode<R, V>, variables: V | null): Asked<R> {
  const wanted = variables === null ? null : key(document, variables);
  const [had, setHad] = useState<{ of: string | null; data?: R; failure?: Failure }>({ of: null });
  const [round, setRound] = useState(0);
  useEffect(() => onGiven(() => setRound((before) => before + 1)), []);
  useEffect(() => {
    if (variables === null || wanted === null || known(document, variables)) return;
    const control = new AbortController();
    ask(document, variables, control.signal).then(
      (data) => setHad({ of: wanted, data }),
      (error: unknown) => {
        if (control.signal.aborted) return;
        const failure = error instanceof Failure ? error : new Failure("This page made a mistake.");
        if (failure !== error) console.error(error);
        setHad({ of: wanted, failure });
      },
    );
    return () => control.abort();
  }, [wanted, round]);
  if (variables === null) return { waiting: false };
  const data = known(document, variables);
  if (data) return { data, waiting: false };
  if (had.of === wanted) return { data: had.data, failure: had.failure, waiting: false };
  return { data: had.data, waiting: true };
}
