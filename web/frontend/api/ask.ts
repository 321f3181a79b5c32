// One question to /graphql, and what is said where it fails. Answers are remembered while the page
// stands, so that going back shows at once what was there.
import type { TadaDocumentNode } from "gql.tada";
import { text } from "./graphql";
import { authorization } from "./token";

/** Why there is no answer, in words for whoever asked. */
export class Failure extends Error {
  /** Whether a token would help. */
  readonly needsToken: boolean;

  constructor(message: string, status?: number) {
    super(message);
    this.needsToken = status === 401;
  }
}

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const REMEMBERED = 60;
const remembered = new Map<string, unknown>();

/** What tells a question from every other one. */
export function key<R, V>(document: TadaDocumentNode<R, V>, variables: V): string {
  return text(document) + JSON.stringify(variables);
}

/** The answer, where it was given before. */
export function known<R, V>(document: TadaDocumentNode<R, V>, variables: V): R | undefined {
  return remembered.get(key(document, variables)) as R | undefined;
}

/** Asks; throws a `Failure`, or what `signal` was aborted with. */
export async function ask<R, V>(
  document: TadaDocumentNode<R, V>,
  variables: V,
  signal: AbortSignal,
): Promise<R> {
  const response = await send(JSON.stringify({ query: text(document), variables }), signal);
  const answer = await read(response, signal);
  const [wrong] = answer.errors ?? [];
  if (wrong) throw new Failure(wrong.message, response.status);
  if (answer.data == null) throw refused(response);
  const oldest = remembered.keys().next();
  if (remembered.size >= REMEMBERED && !oldest.done) remembered.delete(oldest.value);
  remembered.set(key(document, variables), answer.data);
  return answer.data as R;
}

async function send(body: string, signal: AbortSignal): Promise<Response> {
  const headers = { "Accept": "application/json", "Content-Type": "application/json", ...authorization() };
  try {
    return await fetch("/graphql", { method: "POST", headers, body, signal });
  } catch {
    signal.throwIfAborted();
    throw new Failure("The server could not be reached. Is the network there?");
  }
}

async function read(response: Response, signal: AbortSignal): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    signal.throwIfAborted();
    throw refused(response);
  }
}

function refused(response: Response): Failure {
  const wait = response.headers.get("Retry-After");
  const after = wait === null ? "" : ` Try again in ${wait} s.`;
  const words = `The server answered ${response.status} and nothing that can be shown.${after}`;
  return new Failure(words, response.status);
}
